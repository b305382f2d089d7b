import process from "node:process";
import { app, ipcMain, type IpcMainInvokeEvent, shell } from "electron";
import { hubSettingsOf } from "#catalog/hub/settings.ts";
import type { CatalogStore } from "#catalog/store.ts";
import type { Detection } from "#probe/isolated.ts";
import { readSavedReport } from "#probe/saved-report.ts";
import { type Answer, type Api, API_METHODS, type RefreshProgress } from "#shared/ipc.ts";
import { toldText } from "#shared/english/told-text.ts";
import { say } from "#words/say.ts";
import { byHandCalls } from "./by-hand-calls.ts";
import { catalogCalls } from "./catalog-calls.ts";
import { detectionCalls } from "./detection-calls.ts";
import { folderCalls } from "./folder-calls.ts";
import type { Handlers } from "./handler-contract.ts";
import { hubCalls } from "./hub-calls.ts";
import { openProfile, saveProfile } from "./machine-files.ts";
import { forgetRates, keepRate } from "./measured-rates.ts";
import { measureRam } from "./measure.ts";
import { forgetMachine, keepMachine, listMachines, openMachine } from "./own-machines.ts";
import { copyQuestion } from "./question-clipboard.ts";
import { openReport, readReportTexts, saveReport } from "./report-files.ts";
import { isOwnPage } from "./sender.ts";
import { settingsFaultText, settingsNotKeptText } from "./settings-fault.ts";
import { readHardwareChange, readScenario, type Settings } from "./settings-schema.ts";
import type { SettingsStore } from "./settings.ts";
import type { WaitingProfile } from "./waiting-profile.ts";

/** Where the answers come from. */
export interface Sources {
  readonly detectMachine: () => Promise<Detection>;
  /** Of settings, and of what was detected last. */
  readonly keptFolder: string;
  readonly catalog: CatalogStore;
  readonly settings: SettingsStore;
  readonly profile: WaitingProfile;
  /** Tells the page what is being read from Hugging Face. */
  readonly onHubProgress: (line: string) => void;
  /** Tells the page how much of a newer catalog is here. */
  readonly onRefreshProgress: (progress: RefreshProgress) => void;
}

/** Every call of the page with what answers it. */
export function createHandlers({
  detectMachine,
  keptFolder,
  catalog,
  settings,
  profile,
  onHubProgress,
  onRefreshProgress,
}: Sources): Handlers {
  return {
    ...detectionCalls({ detectMachine, keptFolder, ownFolder: catalog.ownFolder }),
    loadCatalog: async () => ok(await catalog.loadCatalog()),
    loadQuality: async () => ok(await catalog.loadQuality()),
    findInstalled: async () => ok(await catalog.findInstalled()),
    ...catalogCalls(catalog, onRefreshProgress),
    ...folderCalls(catalog),
    ...byHandCalls(catalog),
    ...hubCalls({
      settings: hubSettingsOf(process.env),
      loadCatalog: () => catalog.loadCatalog(),
      ownFolder: catalog.ownFolder,
      onProgress: onHubProgress,
    }),
    openExternal: async (address) =>
      typeof address === "string" ? await openExternal(address) : failed(say("That is no address.")),
    saveProfile: async (machine) => {
      const checked = readSavedReport(machine);
      return checked.kind === "ok" ? await saveProfile(checked.machine) : failed(say("That is no machine."));
    },
    openProfile: async () => await openProfile(),
    takeProfile: async () => await profile.take(),
    readSettings: async () => {
      const { settings: kept, fault } = await settings.read();
      const { scenario, hardware } = kept;
      return ok({ scenario, hardware, notice: fault === null ? null : settingsFaultText(fault) });
    },
    writeSettings: async (json) => {
      const scenario = readScenario(json);
      return scenario === null ? failed(say("That is no scenario.")) : await keep(settings, { scenario });
    },
    keepHardware: async (json) => {
      const hardware = readHardwareChange(json);
      return hardware === undefined ? failed(say("That is no machine.")) : await keep(settings, { hardware });
    },
    copyQuestion,
    listMachines,
    keepMachine,
    openMachine,
    forgetMachine,
    measureRam,
    keepMeasuredRate: async (rate) => await keepRate(catalog.ownFolder, rate),
    forgetMeasuredRates: async () => await forgetRates(catalog.ownFolder),
    saveReport: async (texts) => {
      const checked = readReportTexts(texts);
      return checked === null ? failed(say("That is no report.")) : await saveReport(checked);
    },
    openReport: async () => await openReport(),
    readVersion: () => Promise.resolve(ok(app.getVersion())),
  };
}

/** Answers the page's calls: each is checked for its sender, and an unexpected error stays on this side, logged. */
export function registerHandlers(handlers: Handlers, pageAddress: string): void {
  for (const method of API_METHODS) {
    ipcMain.handle(method, (event: IpcMainInvokeEvent, argument: unknown) => {
      if (isOwnPage(event.senderFrame, pageAddress)) return answerCall(handlers, method, argument);
      console.error(`Refused ${method} for ${event.senderFrame?.url ?? "a page that is gone"}.`);
      return failed(say("This page may not ask."));
    });
  }
}

async function answerCall(
  handlers: Handlers,
  method: keyof Api,
  argument: unknown,
): Promise<Answer<unknown>> {
  try {
    const answer = await handlers[method](argument);
    // Catalog and probe say in English what went wrong, a line each.
    return answer.kind === "failed" ? failed(answer.message.split("\n").map(toldText).join("\n")) : answer;
  } catch (error) {
    console.error(`${method} failed unexpectedly:`, error);
    return failed(say("Something went wrong inside Fitment."));
  }
}

async function keep(settings: SettingsStore, change: Partial<Settings>): Promise<Answer<null>> {
  try {
    await settings.change(change);
    return ok(null);
  } catch (error) {
    return failed(settingsNotKeptText(error));
  }
}

async function openExternal(address: string): Promise<Answer<null>> {
  const page = webPage(address);
  if (page === null) return failed(say("Only https: addresses are opened."));
  try {
    await shell.openExternal(page.href);
    return ok(null);
  } catch (error) {
    console.error("No program opened the address:", error);
    return failed(say("The system found no program to open the address with."));
  }
}

function webPage(address: string): URL | null {
  try {
    const url = new URL(address);
    return url.protocol === "https:" ? url : null;
  } catch {
    return null; // not an address at all
  }
}

function ok<Value>(value: Value): Answer<Value> {
  return { kind: "ok", value };
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
