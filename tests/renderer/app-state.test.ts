import { speedRam } from "#engine/speed/speed-device.ts";
import { ramCopyText } from "#shared/machine-text.ts";
import { describe, expect, test } from "vitest";
import type { Catalog } from "../../src/engine/catalog.ts";
import { NO_CHANGE } from "../../src/engine/changed-machine.ts";
import type { QualityData } from "../../src/engine/quality.ts";
import { AppState } from "../../src/renderer/app-state.svelte.ts";
import type { Answer, Api } from "../../src/shared/ipc.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";

const ONE_CARD = machineOf([namedCard("RTX 4090")], 64);
const NO_CARD = machineOf([], 16);
const CATALOG: Catalog = {
  models: [fixtureModel("llama-3-8b"), fixtureModel("llama-2-70b", "F16")],
  cards: [],
  runtimes: [],
  speed: null,
  problems: [],
};

const NO_QUALITY: QualityData = {
  quality: { tasks: [], benchmarks: [], quantizationLosses: [], kvCacheLosses: [], taskLossFactors: [] },
  problems: [],
};

const CATALOG_STATE = { date: "2026-11-25", shippedDate: "2026-11-25", isRefreshed: false, address: null };

const ok = <Value>(value: Value): Answer<Value> => ({ kind: "ok", value });
const failed = (message: string): Answer<never> => ({ kind: "failed", message });

/** A program behind the window that answers at once, unless a test says otherwise. */
function apiWith(change: Partial<Api> = {}): Api {
  return {
    probeMachine: () => Promise.resolve(ok(ONE_CARD)),
    readLastMachine: () => Promise.resolve(ok(null)),
    loadCatalog: () => Promise.resolve(ok(CATALOG)),
    findInstalled: () => Promise.resolve(ok({ models: [], unmatched: [], notes: [] })),
    listModelFolders: () => Promise.resolve(ok([])),
    addModelFolder: () => Promise.resolve(ok([])),
    removeModelFolder: () => Promise.resolve(ok([])),
    readCatalogState: () => Promise.resolve(ok(CATALOG_STATE)),
    refreshCatalog: () => Promise.resolve(ok(CATALOG_STATE)),
    cancelRefresh: () => Promise.resolve(ok(null)),
    undoRefresh: () => Promise.resolve(ok(CATALOG_STATE)),
    addModelFiles: () => Promise.resolve(ok({ id: "own", name: "Own", hasReplaced: false })),
    addFromHub: () =>
      Promise.resolve(ok({ kind: "added" as const, id: "own", name: "Own", hasReplaced: false })),
    cancelHub: () => Promise.resolve(ok(null)),
    addByHand: () =>
      Promise.resolve(ok({ kind: "added" as const, id: "own", name: "Own", hasReplaced: false })),
    removeOwnModel: () => Promise.resolve(ok(null)),
    exportOwn: () => Promise.resolve(ok(null)),
    importOwn: () => Promise.resolve(ok(null)),
    loadQuality: () => Promise.resolve(ok(NO_QUALITY)),
    openExternal: () => Promise.resolve(ok(null)),
    saveProfile: () => Promise.resolve(ok("machine.json")),
    openProfile: () => Promise.resolve(ok(null)),
    takeProfile: () => Promise.resolve(ok(null)),
    readSettings: () => Promise.resolve(ok({ scenario: null, hardware: null, notice: null })),
    keepHardware: () => Promise.resolve(ok(null)),
    copyQuestion: () => Promise.resolve(ok(null)),
    writeSettings: () => Promise.resolve(ok(null)),
    saveReport: () => Promise.resolve(ok("report.html")),
    openReport: () => Promise.resolve(ok(null)),
    readVersion: () => Promise.resolve(ok("0.0.0")),
    saveDiagnostics: () => Promise.resolve(ok("diagnostics.json")),
    listMachines: () => Promise.resolve(ok([])),
    keepMachine: ({ name }) => Promise.resolve(ok([name])),
    openMachine: (name) => Promise.resolve(ok({ name, machine: ONE_CARD })),
    forgetMachine: () => Promise.resolve(ok([])),
    measureRam: () => Promise.resolve(failed("no")),
    keepMeasuredRate: (rate) => Promise.resolve(ok([rate])),
    forgetMeasuredRates: () => Promise.resolve(ok([])),
    ...change,
  };
}

async function startedWith(change: Partial<Api> = {}): Promise<AppState> {
  const app = new AppState(apiWith(change));
  await app.start();
  return app;
}

/** Answers in turn; the last one again where more are asked. */
function inTurn<Value>(
  first: Answer<Value>,
  ...rest: readonly Answer<Value>[]
): () => Promise<Answer<Value>> {
  let next = 0;
  const answers = [first, ...rest];
  return () => Promise.resolve(answers[Math.min(next++, answers.length - 1)] ?? first);
}

function verdicts(app: AppState) {
  return app.shownRows.map(({ model, fit }) => [model.id, fit?.verdict.kind ?? null]);
}

describe("the start", () => {
  test("nothing is known before it", () => {
    const app = new AppState(apiWith());
    expect([app.reading.report, app.catalog, app.rows]).toEqual([null, null, []]);
  });

  test("machine and catalog give verdicts, best first", async () => {
    const app = await startedWith();
    expect(app.reading.report).toBe(ONE_CARD);
    expect(verdicts(app)).toEqual([
      ["llama-3-8b", "fits"],
      ["llama-2-70b", "runs-with-offload"],
    ]);
    expect(app.totalCounts).toMatchObject({ fits: 1, "runs-with-offload": 1, unknown: 0 });
    expect([app.reading.isProbing, app.reading.failure, app.catalogFailure, app.bug]).toEqual([
      false,
      null,
      null,
      null,
    ]);
  });

  test("both are asked for at once, and the catalog is shown while the machine is still read", async () => {
    let answerProbe: (answer: Answer<typeof ONE_CARD>) => void = () => expect.unreachable();
    const probeMachine = () => new Promise<Answer<typeof ONE_CARD>>((resolve) => (answerProbe = resolve));
    const app = new AppState(apiWith({ probeMachine }));
    const started = app.start();
    await app.loadCatalog();
    expect(app.reading.isProbing).toBe(true);
    expect(verdicts(app)).toEqual([
      ["llama-2-70b", null],
      ["llama-3-8b", null],
    ]);
    answerProbe(ok(ONE_CARD));
    await started;
    expect(app.reading.isProbing).toBe(false);
    expect(verdicts(app)[0]).toEqual(["llama-3-8b", "fits"]);
  });

  test("with no program behind the window, both failures say so in plain words", async () => {
    const app = new AppState(null);
    await app.start();
    const message = "The window cannot reach the program behind it: its preload script did not run.";
    expect([app.reading.failure, app.catalogFailure]).toEqual([message, message]);
    expect(app.reading.isProbing).toBe(false);
  });
});

describe("detection", () => {
  test("that fails leaves the catalog, without verdicts, and a message", async () => {
    const app = await startedWith({ probeMachine: () => Promise.resolve(failed("It took too long.")) });
    expect([app.reading.report, app.reading.failure]).toEqual([null, "It took too long."]);
    expect(app.rows.map(({ fit }) => fit)).toEqual([null, null]);
  });

  test("that breaks off is a failure with the error's words", async () => {
    const app = await startedWith({ probeMachine: () => Promise.reject(new Error("channel closed")) });
    expect([app.reading.isProbing, app.reading.failure]).toEqual([false, "channel closed"]);
  });

  test("again, and failing then, keeps the machine that was known", async () => {
    const app = await startedWith({ probeMachine: inTurn(ok(ONE_CARD), failed("The driver hangs.")) });
    await app.reading.probe();
    expect(app.reading.report).toBe(ONE_CARD);
    expect(app.reading.failure).toBe("The driver hangs.");
    expect(verdicts(app)[0]).toEqual(["llama-3-8b", "fits"]);
  });

  test("again, and succeeding then, takes the message away", async () => {
    const app = await startedWith({ probeMachine: inTurn(failed("The driver hangs."), ok(ONE_CARD)) });
    await app.reading.probe();
    expect([app.reading.report, app.reading.failure]).toEqual([ONE_CARD, null]);
  });

  test("of another machine changes every verdict", async () => {
    const app = await startedWith({ probeMachine: inTurn(ok(ONE_CARD), ok(NO_CARD)) });
    await app.reading.probe();
    expect(verdicts(app)).toEqual([
      ["llama-3-8b", "needs-quantization"],
      ["llama-2-70b", "needs-multiple-gpus"],
    ]);
  });

  test("is not started a second time while one is under way", async () => {
    let count = 0;
    const probeMachine = () => {
      count += 1;
      return Promise.resolve(ok(ONE_CARD));
    };
    const app = new AppState(apiWith({ probeMachine }));
    await Promise.all([app.reading.probe(), app.reading.probe(), app.reading.probe()]);
    expect(count).toBe(1);
    await app.reading.probe();
    expect(count).toBe(2);
  });
});

test("a catalog that cannot be read again stays as it was, with a message", async () => {
  const app = await startedWith({ loadCatalog: inTurn(ok(CATALOG), failed("The folder is gone.")) });
  await app.loadCatalog();
  expect(app.catalog).toBe(CATALOG);
  expect(app.catalogFailure).toBe("The folder is gone.");
});

test("a catalog that can be read at the second try takes the message away", async () => {
  const app = await startedWith({ loadCatalog: inTurn(failed("The folder is gone."), ok(CATALOG)) });
  expect([app.catalog, app.catalogFailure]).toEqual([null, "The folder is gone."]);
  await app.loadCatalog();
  expect([app.catalog, app.catalogFailure]).toEqual([CATALOG, null]);
});

describe("the scenario", () => {
  test("changes every verdict at once, and keeps what was not changed", async () => {
    const app = await startedWith();
    const before = app.scenario;
    app.changeScenario({ contextLength: 131_072 });
    expect(app.scenario).toEqual({ ...before, contextLength: 131_072 });
    expect(app.rows.map(({ fit }) => fit?.verdict.contextLength)).toEqual([131_072, 131_072]);
    expect(app.rows[0]?.fit?.verdict.kind).toBe("needs-quantization");
  });

  test("the selected model's panel follows", async () => {
    const app = await startedWith();
    app.opened.open({ modelId: "llama-3-8b" });
    expect(app.selectedRow?.fit?.verdict.contextLength).toBe(8192);
    app.changeScenario({ contextLength: 4096 });
    expect(app.selectedRow?.fit?.verdict.contextLength).toBe(4096);
  });
});

describe("what is shown", () => {
  test("text narrows rows and chips, not the headline", async () => {
    const app = await startedWith();
    app.table.filterText = "70b";
    expect(verdicts(app)).toEqual([["llama-2-70b", "runs-with-offload"]]);
    expect(app.matchingCounts).toMatchObject({ fits: 0, "runs-with-offload": 1 });
    expect(app.totalCounts).toMatchObject({ fits: 1, "runs-with-offload": 1 });
  });

  test("a group chosen narrows rows, not chips; chosen again it is let go", async () => {
    const app = await startedWith();
    app.table.toggleGroup("fits");
    expect(verdicts(app)).toEqual([["llama-3-8b", "fits"]]);
    expect(app.matchingCounts).toMatchObject({ fits: 1, "runs-with-offload": 1 });
    app.table.toggleGroup("runs-with-offload");
    expect(app.table.groups).toEqual(["fits", "runs-with-offload"]);
    expect(app.shownRows).toHaveLength(2);
    app.table.toggleGroup("fits");
    expect(verdicts(app)).toEqual([["llama-2-70b", "runs-with-offload"]]);
  });

  test("everything again", async () => {
    const app = await startedWith();
    app.table.toggleGroup("too-large");
    app.table.filterText = "nowhere";
    expect(app.shownRows).toEqual([]);
    app.table.showEverything();
    expect([app.table.filterText, app.table.groups]).toEqual(["", []]);
    expect(app.shownRows).toHaveLength(2);
  });

  test("a model stays selected while the filter hides it; one that is not there is none", async () => {
    const app = await startedWith();
    app.opened.open({ modelId: "llama-3-8b" });
    app.table.filterText = "70b";
    expect(app.selectedRow?.model.id).toBe("llama-3-8b");
    app.opened.open({ modelId: "no-such-model" });
    expect(app.selectedRow).toBeNull();
  });
});

describe("a page", () => {
  test("that opens says nothing, and is the one that was asked for", async () => {
    const opened: string[] = [];
    const openExternal = (url: string) => {
      opened.push(url);
      return Promise.resolve(ok(null));
    };
    const app = await startedWith({ openExternal });
    await app.openPage("https://example.org/");
    expect([opened, app.bug]).toEqual([["https://example.org/"], null]);
  });

  test("that does not open says why", async () => {
    const app = await startedWith({ openExternal: () => Promise.resolve(failed("No browser was found.")) });
    await app.openPage("https://example.org/");
    expect(app.bug).toBe("No browser was found.");
  });
});

test("an error that nobody expected is shown", () => {
  const app = new AppState(null);
  app.reportBug("x is not a function");
  expect(app.bug).toBe("x is not a function");
});

describe("files", () => {
  const PROFILE = { name: "server.json", machine: NO_CARD };

  test("a machine that was opened stands in for this one until it is put back", async () => {
    const app = await startedWith({ openProfile: () => Promise.resolve(ok(PROFILE)) });
    await app.openProfile();
    expect(app.machine).toEqual(NO_CARD);
    expect(verdicts(app)[0]).toEqual(["llama-3-8b", "needs-quantization"]);
    app.putBack();
    expect(app.machine).toEqual(ONE_CARD);
  });

  test("a person who thinks better of it changes nothing", async () => {
    const app = await startedWith();
    await app.openProfile();
    expect([app.profile, app.fileNotice]).toEqual([null, null]);
  });

  test("a file that cannot be read is said, and the machine stays", async () => {
    const app = await startedWith({ openProfile: () => Promise.resolve(failed("That is no machine.")) });
    await app.openProfile();
    expect(app.fileNotice).toEqual({ isFailure: true, text: "That is no machine." });
    expect(app.machine).toEqual(ONE_CARD);
  });

  test("what is saved is the machine asked about, and its name is said", async () => {
    const saved: unknown[] = [];
    const app = await startedWith({
      saveProfile: (machine) => {
        saved.push(machine);
        return Promise.resolve(ok("machine.json"));
      },
    });
    await app.saveProfile();
    expect(saved).toEqual([ONE_CARD]);
    expect(app.fileNotice).toEqual({ isFailure: false, text: "Saved as machine.json." });
  });

  test("before the machine is known there is nothing to save", async () => {
    const app = new AppState(apiWith({ saveProfile: () => Promise.reject(new Error("asked")) }));
    await app.saveProfile();
    expect(app.fileNotice).toBeNull();
  });
});

test("the model that was opened and the hardware that was changed are there again at the next start", async () => {
  const hardware = { ...NO_CHANGE, ram: "16GiB" };
  const settings = { scenario: { opened: "llama-2-70b" }, hardware, notice: null };
  const app = await startedWith({ readSettings: () => Promise.resolve(ok(settings)) });
  expect(app.selectedRow?.model.id).toBe("llama-2-70b");
  expect(app.machine?.ram.source).toBe("given");
  app.putBack();
  expect(app.machine).toEqual(ONE_CARD);
});

test("a model that was opened before the settings were read stays open; one that is gone opens none", async () => {
  const settings = { scenario: { opened: "gone-9b" }, hardware: null, notice: null };
  const app = new AppState(apiWith({ readSettings: () => Promise.resolve(ok(settings)) }));
  await app.start();
  expect(app.opened.modelId).toBeNull();
  const faster = new AppState(
    apiWith({
      readSettings: () => Promise.resolve(ok({ ...settings, scenario: { opened: "llama-2-70b" } })),
    }),
  );
  faster.opened.open({ modelId: "llama-3-8b", quantization: "Q4_K_M" });
  await faster.start();
  expect([faster.opened.modelId, faster.opened.quantization]).toEqual(["llama-3-8b", "Q4_K_M"]);
});

test("a measurement that other programs disturbed tells no speed until a person says so, and can be taken back", async () => {
  const disturbance = { processorFraction: 0.45, lateThreadCount: 0, isAccepted: false };
  const copy = { bytesPerSecond: 1.9e10, threadCount: 2, source: "measured", disturbance };
  const app = await startedWith({ measureRam: () => Promise.resolve(ok(copy)) });
  const told = () => (app.machine === null ? undefined : speedRam(app.machine.ram).copyBytesPerSecond);
  await app.shelf.measureRam();
  expect([app.shelf.isMeasured, app.machine?.ram.copy, told()]).toEqual([true, copy, undefined]);
  expect(ramCopyText({ ...ONE_CARD.ram, copy })).toBe(
    "19 GB/s when copied on 2 threads, bytes read and written counted. Disturbed: other programs had the processor for 55 % of the time. So no speed is told by it.",
  );
  app.shelf.acceptMeasured();
  expect(told()).toBe(1.9e10);
  app.shelf.forgetMeasured();
  expect([app.shelf.isMeasured, app.machine?.ram.copy, told()]).toEqual([false, undefined, undefined]);
});
