import type { Catalog, CatalogState } from "#engine/catalog.ts";
import type { HardwareChange } from "#engine/changed-machine.ts";
import type { InstalledModels, ModelFolder } from "#engine/installed.ts";
import type { MachineReport, ProbeOutcome, RamCopy } from "#engine/machine.ts";
import type { ModelByHand } from "#engine/model-by-hand.ts";
import type { MachineRate } from "#engine/speed/calibration/machine-rate.ts";
import type { QualityData } from "#engine/quality.ts";
import type { SavedScenario } from "./saved-scenario.ts";
import type { MenuChoice } from "./shortcuts.ts";

/** Everything that crosses between the main process and the window. Facts only: estimates are made where they are shown. */
export interface Api {
  /** Detects this machine afresh. */
  probeMachine(): Promise<Answer<MachineReport>>;
  /** What the last run detected here, to be shown until this one has; null where there is nothing that may be. */
  readLastMachine(): Promise<Answer<LastMachine | null>>;
  /** Reads the catalog that ships with the app. */
  loadCatalog(): Promise<Answer<Catalog>>;
  /** Reads what the catalog says of quality; apart, since no verdict waits for it. */
  loadQuality(): Promise<Answer<QualityData>>;
  /** Finds models that are on this computer already, by names alone. */
  findInstalled(): Promise<Answer<InstalledModels>>;
  /** The folders that are looked into for them. */
  listModelFolders(): Promise<Answer<readonly ModelFolder[]>>;
  /** Asks for one more folder to look into; all of them then, also where the person thought better of it. */
  addModelFolder(): Promise<Answer<readonly ModelFolder[]>>;
  /** Looks no longer into a folder that the person named. */
  removeModelFolder(folder: string): Promise<Answer<readonly ModelFolder[]>>;
  /** How old the catalog is, and where a newer one would come from. */
  readCatalogState(): Promise<Answer<CatalogState>>;
  /** Fetches a newer catalog and puts it in use; an empty address is the one that was used last. */
  refreshCatalog(address: string): Promise<Answer<CatalogState>>;
  /** Gives up a refresh that is under way; nothing is changed then. */
  cancelRefresh(): Promise<Answer<null>>;
  /** Back to the catalog that shipped. */
  undoRefresh(): Promise<Answer<CatalogState>>;
  /** Adds a GGUF file, or all parts of a split one, to the person's own catalog. */
  addModelFiles(files: readonly GivenFile[]): Promise<Answer<AddedModel>>;
  /** Reads a model from Hugging Face into the person's own catalog; gives up a question that is still under way. */
  addFromHub(request: HubRequest): Promise<Answer<HubOutcome>>;
  /** Gives up the question under way; nothing is written then. */
  cancelHub(): Promise<Answer<null>>;
  /** Writes a model that a person described into their own catalog, or corrects one that was. */
  addByHand(request: ByHandRequest): Promise<Answer<ByHandOutcome>>;
  removeOwnModel(modelId: string): Promise<Answer<null>>;
  /** Asks where, and writes the person's own catalog there; its name, or null where the person thought better of it. */
  exportOwn(): Promise<Answer<string | null>>;
  /** Asks for such a file and takes it in; what came of it, in words. */
  importOwn(): Promise<Answer<string | null>>;
  /** Asks where, and writes a machine as a file; its name, or null where the person thought better of it. */
  saveProfile(machine: MachineReport): Promise<Answer<string | null>>;
  /** Asks for such a file and reads it. */
  openProfile(): Promise<Answer<OpenedProfile | null>>;
  /** The machine of a file that the app was started with or told to open; null where there is none. Answered once. */
  takeProfile(): Promise<Answer<OpenedProfile | null>>;
  /** What is kept from one start to the next, and what was wrong with it. */
  readSettings(): Promise<Answer<PageSettings>>;
  /** Keeps the scenario for the next start. */
  writeSettings(scenario: SavedScenario): Promise<Answer<null>>;
  /** Keeps what a person changed about this machine for the next start; null is the machine as detected. */
  keepHardware(change: HardwareChange | null): Promise<Answer<null>>;
  /** Puts a question's text on the clipboard, also where the page has lost the keyboard to the menu. */
  copyQuestion(text: string): Promise<Answer<null>>;
  /** The names of the machines that a person keeps. */
  listMachines(): Promise<Answer<readonly string[]>>;
  /** Keeps a machine under a name, in the place of one that had it; all names that are kept then. */
  keepMachine(kept: OpenedProfile): Promise<Answer<readonly string[]>>;
  openMachine(name: string): Promise<Answer<OpenedProfile>>;
  /** Removes a machine that is kept; the names that are left. */
  forgetMachine(name: string): Promise<Answer<readonly string[]>>;
  /** Measures how fast RAM is copied: a fraction of a second of all processor cores. */
  measureRam(): Promise<Answer<RamCopy>>;
  /** Keeps a rate that was measured on this machine; all that are kept then. */
  keepMeasuredRate(rate: MachineRate): Promise<Answer<readonly MachineRate[]>>;
  forgetMeasuredRates(): Promise<Answer<readonly MachineRate[]>>;
  /** Asks where, and writes all that the last detection read, with names and serials masked. */
  saveDiagnostics(): Promise<Answer<string | null>>;
  /** Asks where and as what, and writes a report there; its name, or null where the person thought better of it. */
  saveReport(report: ReportTexts): Promise<Answer<string | null>>;
  /** Asks for a report that was saved as JSON and reads it; the page checks what is in it. */
  openReport(): Promise<Answer<OpenedReport | null>>;
  /** Fitment's own. */
  readVersion(): Promise<Answer<string>>;
  /** Opens a page in the person's browser; `https:` only. */
  openExternal(url: string): Promise<Answer<null>>;
}

/** What the page is given: the contract, and what it is told without asking. */
export interface PageApi extends Api {
  /** Calls back whenever a file waits to be taken by `takeProfile`. */
  onProfileWaiting(listener: () => void): void;
  /** Calls back with what a person chose in the menu, and what is on the clipboard where that is to be pasted. */
  onMenuChoice(listener: (choice: MenuChoice, clipboardText: string) => void): void;
  /** Calls back whenever a source has answered a detection. */
  onProbeProgress(listener: (progress: ProbeProgress) => void): void;
  /** Calls back with what is being read from Hugging Face, a short line each. */
  onHubProgress(listener: (line: string) => void): void;
  /** Calls back as a newer catalog comes in. */
  onRefreshProgress(listener: (progress: RefreshProgress) => void): void;
}

/** How much of a newer catalog is here; the total is null where the server does not say. */
export interface RefreshProgress {
  readonly receivedBytes: number;
  readonly totalBytes: number | null;
}

/** A machine as it was, without what was free or in use then. */
export interface LastMachine {
  readonly machine: MachineReport;
  /** As `2026-11-25T14:30:00.000Z`. */
  readonly detectedAt: string;
}

/** How far a detection is. */
export interface ProbeProgress {
  /** Those that have answered, in the order in which they did. */
  readonly answered: readonly ProbeOutcome[];
  /** All that are asked. */
  readonly sourceCount: number;
}

/** What is kept for the page. */
export interface PageSettings {
  /** Null at the first start. */
  readonly scenario: SavedScenario | null;
  /** What the person had changed about this machine; null where nothing. */
  readonly hardware: HardwareChange | "unreadable" | null;
  /** Why the settings are not those that were kept, in plain words; null where they are. */
  readonly notice: string | null;
}

/** One report in each format that is text; a PDF is printed from the HTML. */
export interface ReportTexts {
  readonly html: string;
  readonly md: string;
  readonly json: string;
  readonly csv: string;
}

/** Any JSON, with the name of its file. */
export interface OpenedReport {
  readonly name: string;
  readonly json: unknown;
}

/** A machine with the name of its file, or the one a person gave it. */
export interface OpenedProfile {
  readonly name: string;
  readonly machine: MachineReport;
}

/** A path, or a file that the page was given: the preload script, and nobody else, may ask where that lies. */
export type GivenFile = string | { readonly name: string; readonly size: number };

/** An own model, just added. */
export interface AddedModel {
  readonly id: string;
  readonly name: string;
  /** True where one of that id was there before. */
  readonly hasReplaced: boolean;
}

/** A model on Hugging Face: `owner/name`, and one of its GGUF files where there are several. */
export interface HubRequest {
  readonly repository: string;
  readonly file: string | null;
}

/** A model that was added, or the GGUF files that the repository leaves to choose from. */
export type HubOutcome =
  | ({ readonly kind: "added" } & AddedModel)
  | { readonly kind: "choose-file"; readonly names: readonly { name: string; fileBytes: number }[] };

/** A described model, and the own one it corrects; null for a new one. */
export interface ByHandRequest {
  readonly model: ModelByHand;
  readonly replacedId: string | null;
}

/** A model that was added, or the news that the person has one of that name. */
export type ByHandOutcome = ({ readonly kind: "added" } & AddedModel) | { readonly kind: "name-taken" };

/** An expected failure is an answer; a rejected promise is a bug. */
export type Answer<Value> =
  { readonly kind: "ok"; readonly value: Value } | { readonly kind: "failed"; readonly message: string };

/** The channel names; the compiler refuses a missing or an extra one. */
export const API_METHODS = Object.keys({
  probeMachine: true,
  readLastMachine: true,
  loadCatalog: true,
  loadQuality: true,
  findInstalled: true,
  listModelFolders: true,
  addModelFolder: true,
  removeModelFolder: true,
  readCatalogState: true,
  refreshCatalog: true,
  cancelRefresh: true,
  undoRefresh: true,
  addModelFiles: true,
  addFromHub: true,
  cancelHub: true,
  addByHand: true,
  removeOwnModel: true,
  exportOwn: true,
  importOwn: true,
  saveProfile: true,
  openProfile: true,
  takeProfile: true,
  readSettings: true,
  writeSettings: true,
  keepHardware: true,
  copyQuestion: true,
  listMachines: true,
  keepMachine: true,
  openMachine: true,
  forgetMachine: true,
  measureRam: true,
  keepMeasuredRate: true,
  forgetMeasuredRates: true,
  saveDiagnostics: true,
  saveReport: true,
  openReport: true,
  readVersion: true,
  openExternal: true,
} satisfies Record<keyof Api, true>) as readonly (keyof Api)[]; // keys of the literal above, nothing else

/** The name under which the preload script exposes the contract on `window`. */
export const API_NAME = "fitment";

/** The channel of `onProfileWaiting`. */
export const PROFILE_WAITING = "profileWaiting";

/** The channel of `onMenuChoice`. */
export const MENU_CHOICE = "menuChoice";

/** The channel of `onHubProgress`. */
export const HUB_PROGRESS = "hubProgress";

/** The channel of `onProbeProgress`. */
export const PROBE_PROGRESS = "probeProgress";

/** The channel of `onRefreshProgress`. */
export const REFRESH_PROGRESS = "refreshProgress";
