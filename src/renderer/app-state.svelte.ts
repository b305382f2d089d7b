import { tick } from "svelte";
import { isChanged } from "#engine/changed-machine.ts";
import { completeMachine } from "#engine/complete-machine.ts";
import type { Catalog } from "#engine/catalog.ts";
import { machineForModels } from "./machine-for-models.ts";
import type { QualityData } from "#engine/quality.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import type { Answer, Api, OpenedProfile } from "#shared/ipc.ts";
import { AskedQuestion } from "./question/asked-question.svelte.ts";
import { ChangedHardware } from "./machine/changed-hardware.svelte.ts";
import type { PageStorage } from "./machine/held-machine.ts";
import type { FileNotice } from "./machine/file-notice.ts";
import { AdviceState, type Asked } from "./advice/advice-state.svelte.ts";
import type { Adviser } from "./advice/adviser.ts";
import { CatalogShelf } from "./catalog/catalog-shelf.svelte.ts";
import { MachineReading } from "./machine/machine-reading.svelte.ts";
import { MachineShelf } from "./machine/machine-shelf.svelte.ts";
import { OpenedModel } from "./models/opened-model.svelte.ts";
import { TableView } from "./models/table-view.svelte.ts";
import { rowsMeeting } from "./models/asked-of-models.ts";
import { countGroups, modelRows, rowsInGroups, rowsMatching } from "./models/model-rows.ts";
import { say } from "#words/say.ts";

function noApi(): Answer<never> {
  return {
    kind: "failed",
    message: say("The window cannot reach the program behind it: its preload script did not run."),
  };
}

/** Everything the window shows. Facts come over IPC, choices from the person; all else is derived here. */
export class AppState {
  catalog = $state.raw<Catalog | null>(null);
  /** Comes after the list is on screen; null until then, and where it cannot be read. */
  quality = $state.raw<QualityData | null>(null);
  qualityFailure = $state<string | null>(null);
  catalogFailure = $state<string | null>(null);
  bug = $state<string | null>(null);

  /** Replaced whole: the estimator reads it many thousand times a change, and a deep proxy would slow each read. */
  scenario = $state.raw<Scenario>(DEFAULT_SCENARIO);
  /** Only memory that no other program holds. */
  isRightNow = $state(false);
  /** The model whose panel is open, and the build the panel is about. */
  readonly opened = new OpenedModel();
  /** How the list is shown. */
  readonly table = new TableView();
  /** What a person wants a model for, and which one it is. */
  readonly advice: AdviceState;

  /** This machine, as it is read. */
  readonly reading: MachineReading;
  /** A machine from a file, in the place of this one. */
  profile = $state.raw<OpenedProfile | null>(null);
  /** The catalog as a thing that can be changed. */
  readonly catalogShelf: CatalogShelf;
  /** Machines kept under names, and what was measured of this one. */
  readonly shelf: MachineShelf;
  /** What came of saving or opening a file. */
  fileNotice = $state.raw<FileNotice | null>(null);

  /** What a person changed about the machine. */
  readonly hardware: ChangedHardware;

  /** As detected, with what the card database adds. */
  detectedMachine = $derived.by(() => {
    const read = this.profile?.machine ?? this.shelf.withMeasured(this.reading.report);
    return read === null ? null : completeMachine(read, this.catalog?.cards ?? []);
  });
  /** The machine that is asked about. */
  machine = $derived.by(() =>
    this.detectedMachine === null ? null : this.hardware.madeOf(this.detectedMachine),
  );
  /** As far as its memory may be used. */
  usableMachine = $derived(
    this.machine === null ? null : machineForModels(this.machine, this.catalog?.cards ?? [], this.isRightNow),
  );
  /** The same without what a person changed; null where nothing is changed. */
  unchangedMachine = $derived.by(() =>
    this.detectedMachine === null || !isChanged(this.hardware.change)
      ? null
      : machineForModels(this.detectedMachine, this.catalog?.cards ?? [], this.isRightNow),
  );
  rows = $derived(modelRows(this.catalog?.models ?? [], this.usableMachine, this.scenario));
  askedRows = $derived.by(() => rowsMeeting(this.rows, this.advice.limits));
  matchingRows = $derived(rowsMatching(this.askedRows, this.table.filterText));
  shownRows = $derived(rowsInGroups(this.matchingRows, this.table.groups));
  /** Of all models, for the headline. */
  totalCounts = $derived(countGroups(this.rows));
  /** Of those that match the text, for the chips. */
  matchingCounts = $derived(countGroups(this.matchingRows));
  selectedRow = $derived(this.rows.find((row) => row.model.id === this.opened.modelId) ?? null);

  /** All that is asked, as it is kept, copied and pasted. */
  readonly question: AskedQuestion;

  readonly #api: Api | null;

  constructor(api: Api | null, adviser: Adviser | null = null, storage: PageStorage | null = null) {
    const asked = (): Asked | null => {
      const { usableMachine: machine, scenario } = this;
      return machine === null ? null : { machine, scenario };
    };
    this.advice = new AdviceState(adviser, asked, () => (this.isRightNow = true));
    this.#api = api;
    this.hardware = new ChangedHardware(this, (call) => this.#ask(call), storage);
    this.reading = new MachineReading(
      (call) => this.#ask(call),
      () => this.hardware.settle(),
    );
    this.catalogShelf = new CatalogShelf({
      ask: (call) => this.#ask(call),
      reload: async () => await this.loadCatalog().then(() => this.#loadMore()),
      show: (modelId) => this.opened.open({ modelId }),
    });
    this.shelf = new MachineShelf(this, (call) => this.#ask(call));
    this.question = new AskedQuestion(this, (call) => this.#ask(call));
  }

  /**
   * Asks for machine and catalog at once; whichever answers first is shown first. Quality follows the catalog, and
   * detection a machine of last time, once the list of it is there and the page `isIdle`.
   */
  async start(isIdle: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    const catalog = this.loadCatalog();
    const isCalm = (): Promise<unknown> => catalog.then(tick).then(isIdle);
    const more = (): Promise<unknown> => Promise.all([this.question.restore(), this.#loadMore()]);
    const profile = this.takeProfile();
    const hardware = profile.then(() => this.hardware.restore());
    await Promise.all([catalog.then(more), this.reading.start(isCalm), profile, hardware]);
  }

  async loadCatalog(): Promise<void> {
    const answer = await this.#ask((api) => api.loadCatalog());
    this.catalogFailure = answer.kind === "failed" ? answer.message : null;
    if (answer.kind === "failed") return;
    this.catalog = answer.value;
    this.hardware.settle();
  }

  async loadQuality(): Promise<void> {
    const answer = await this.#ask((api) => api.loadQuality());
    this.qualityFailure = answer.kind === "failed" ? answer.message : null;
    if (answer.kind === "ok") this.quality = answer.value;
    if (this.catalog !== null && this.quality !== null) this.advice.learn(this.catalog, this.quality.quality);
  }

  /** What the list can do without at first. */
  async #loadMore(): Promise<void> {
    await Promise.all([this.loadQuality(), this.catalogShelf.read()]);
  }

  async openPage(url: string): Promise<void> {
    const answer = await this.#ask((api) => api.openExternal(url));
    if (answer.kind === "failed") this.bug = answer.message;
  }

  changeScenario(change: Partial<Scenario>): void {
    this.scenario = { ...this.scenario, ...change };
  }

  /** Without a choice of its own: the runtime's, or the card's. */
  forgetChoice(name: "runtime" | "backend" | "split"): void {
    const { runtime, backend, split, ...rest } = this.scenario;
    this.scenario = {
      ...rest,
      ...(runtime === undefined || name === "runtime" ? {} : { runtime }),
      ...(backend === undefined || name === "backend" ? {} : { backend }),
      ...(split === undefined || name === "split" ? {} : { split }),
    };
  }

  /** Back to this machine as it was detected. */
  putBack(): void {
    this.profile = null;
    this.hardware.putBack();
    this.fileNotice = null;
  }

  /** Null once the machine asked about is one that may be kept or handed on; else why it may not. */
  async whyNotFresh(): Promise<string | null> {
    if (this.profile !== null || (await this.reading.isFresh())) return null;
    return say(
      "This machine could not be read this time. What is shown is from last time, and is not handed on.",
    );
  }

  async saveProfile(): Promise<void> {
    const whyNot = await this.whyNotFresh();
    if (whyNot !== null) this.fileNotice = { isFailure: true, text: whyNot };
    const { machine } = this;
    if (whyNot !== null || machine === null) return;
    const answer = await this.#ask((api) => api.saveProfile(machine));
    this.#noticeSaved(answer, (name) => say("Saved as {name}.", { name }));
  }

  async openProfile(): Promise<void> {
    this.#showProfile(await this.#ask((api) => api.openProfile()));
  }

  /** A file that the app was started with, or that was opened by a double click since. */
  async takeProfile(): Promise<void> {
    if (this.#api === null) return;
    this.#showProfile(await this.#ask((api) => api.takeProfile()));
  }

  #showProfile(answer: Answer<OpenedProfile | null>): void {
    if (answer.kind === "failed") this.fileNotice = { isFailure: true, text: answer.message };
    if (answer.kind === "failed" || answer.value === null) return;
    this.putBack();
    this.profile = answer.value;
  }

  async saveDiagnostics(): Promise<void> {
    const answer = await this.#ask((api) => api.saveDiagnostics());
    this.#noticeSaved(answer, (name) =>
      say("Saved as {name}, with names and serials masked. Look through it before you share it.", { name }),
    );
  }

  /** An error nobody expected: shown, never swallowed. */
  reportBug(message: string): void {
    this.bug = message;
  }

  #noticeSaved(answer: Answer<string | null>, textOf: (name: string) => string): void {
    if (answer.kind === "failed") this.fileNotice = { isFailure: true, text: answer.message };
    else if (answer.value !== null) this.fileNotice = { isFailure: false, text: textOf(answer.value) };
  }

  async #ask<Value>(call: (api: Api) => Promise<Answer<Value>>): Promise<Answer<Value>> {
    if (this.#api === null) return noApi();
    try {
      return await call(this.#api);
    } catch (error) {
      return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
    }
  }
}
