import { describe, expect, test } from "vitest";
import type { CatalogState } from "../../src/engine/catalog.ts";
import { CatalogShelf } from "../../src/renderer/catalog/catalog-shelf.svelte.ts";
import type { InstalledModel, ModelFolder } from "../../src/engine/installed.ts";
import type { Answer, Api } from "../../src/shared/ipc.ts";
import { SMALL_MODEL_TYPED } from "../fixtures/typed-model.ts";

const SHIPPED: CatalogState = {
  date: "2026-11-25",
  shippedDate: "2026-11-25",
  isRefreshed: false,
  address: null,
};
const NEWER: CatalogState = { ...SHIPPED, date: "2026-12-01", isRefreshed: true };

const ok = <Value>(value: Value): Answer<Value> => ({ kind: "ok", value });
const failed = (message: string): Answer<never> => ({ kind: "failed", message });

type Calls = Pick<
  Api,
  | "addModelFiles"
  | "addByHand"
  | "removeOwnModel"
  | "refreshCatalog"
  | "undoRefresh"
  | "importOwn"
  | "listModelFolders"
  | "addModelFolder"
  | "removeModelFolder"
  | "findInstalled"
  | "readCatalogState"
>;

const FOLDER: ModelFolder = { where: "folder", folder: "/data/models", isNamed: true, copyCount: 2 };

const CALLS: Calls = {
  addByHand: () => Promise.resolve(ok({ kind: "name-taken" })),
  addModelFiles: () => Promise.resolve(ok({ id: "mine", name: "Mine", hasReplaced: false })),
  removeOwnModel: () => Promise.resolve(ok(null)),
  refreshCatalog: () => Promise.resolve(ok(NEWER)),
  undoRefresh: () => Promise.resolve(ok(SHIPPED)),
  listModelFolders: () => Promise.resolve(ok([])),
  addModelFolder: () => Promise.resolve(ok([FOLDER])),
  removeModelFolder: () => Promise.resolve(ok([])),
  findInstalled: () => Promise.resolve(ok({ models: [], unmatched: [], notes: [] })),
  readCatalogState: () => Promise.resolve(ok(SHIPPED)),
  importOwn: () => Promise.resolve(ok("Imported x.json: 1 added, 0 replaced.")),
};

function shelfWith(change: Partial<Calls> = {}) {
  const api = { ...CALLS, ...change } as Api; // only these are called here
  const seen = { reloadCount: 0, shown: [] as string[] };
  const shelf = new CatalogShelf({
    ask: (call) => call(api),
    reload: () => {
      seen.reloadCount += 1;
      return Promise.resolve();
    },
    show: (id) => void seen.shown.push(id),
  });
  return { shelf, seen };
}

describe("adding model files", () => {
  test("reads the catalog again, says so and shows the model", async () => {
    const { shelf, seen } = shelfWith();
    await shelf.add(["/data/mine.gguf"]);
    expect(shelf.modelNotice).toEqual({ isFailure: false, text: "Added Mine." });
    expect(seen).toEqual({ reloadCount: 1, shown: ["mine"] });
    expect(shelf.isBusy).toBe(false);
  });

  test("that are broken says why, and nothing is read again", async () => {
    const { shelf, seen } = shelfWith({ addModelFiles: () => Promise.resolve(failed("x.gguf: cut off")) });
    await shelf.add(["/data/x.gguf"]);
    expect(shelf.modelNotice).toEqual({ isFailure: true, text: "x.gguf: cut off" });
    expect(seen).toEqual({ reloadCount: 0, shown: [] });
  });

  test("of which there are none is nothing", async () => {
    const { shelf, seen } = shelfWith();
    await shelf.add([]);
    expect([shelf.modelNotice, seen.reloadCount]).toEqual([null, 0]);
  });
});

test("a described model is shown, and what its verdict lacks is said with where to add it", async () => {
  const added = { kind: "added", id: "mine", name: "Mine", hasReplaced: false } as const;
  const { shelf, seen } = shelfWith({ addByHand: () => Promise.resolve(ok(added)) });
  shelf.adding.type(SMALL_MODEL_TYPED);
  await shelf.adding.addTyped();
  expect(shelf.modelNotice?.text).toMatch(/^Added Mine\. Its verdict is unknown, .* “Edit…” in its panel/);
  shelf.adding.type({ ...SMALL_MODEL_TYPED, precision: "BF16" });
  await shelf.adding.addTyped();
  expect(shelf.modelNotice?.text).toBe("Added Mine.");
  expect(seen.shown).toEqual(["mine", "mine"]);
});

test("removing an own model says so and reads the catalog again", async () => {
  const { shelf, seen } = shelfWith();
  await shelf.remove("mine", "Mine");
  expect(shelf.modelNotice?.text).toBe("Removed Mine from your own catalog.");
  expect(seen.reloadCount).toBe(1);
});

describe("refreshing", () => {
  test("and undoing say the day that is in use", async () => {
    const { shelf, seen } = shelfWith();
    await shelf.refresh(" https://example.org ");
    expect([shelf.state, shelf.notice?.text]).toEqual([NEWER, "The catalog is newer now: of 2026-12-01."]);
    await shelf.undoRefresh();
    expect(shelf.state).toEqual(SHIPPED);
    expect(shelf.notice?.text).toBe("The shipped catalog is in use again: of 2026-11-25.");
    expect(seen.reloadCount).toBe(2);
  });

  test("that fails leaves what is there", async () => {
    const { shelf, seen } = shelfWith({ refreshCatalog: () => Promise.resolve(failed("not newer")) });
    await shelf.refresh("");
    expect([shelf.state, shelf.notice, seen.reloadCount]).toEqual([
      null,
      { isFailure: true, text: "not newer" },
      0,
    ]);
  });
});

test("importing says what came of it; thinking better of it says nothing", async () => {
  const { shelf, seen } = shelfWith();
  await shelf.importOwn();
  expect([shelf.notice?.text, seen.reloadCount]).toEqual(["Imported x.json: 1 added, 0 replaced.", 1]);
  const other = shelfWith({ importOwn: () => Promise.resolve(ok(null)) });
  await other.shelf.importOwn();
  expect([other.shelf.notice, other.seen.reloadCount]).toEqual([null, 0]);
});

test("how much of a newer catalog is here is told while it is fetched, and not after", async () => {
  let answer: (value: Answer<CatalogState>) => void = () => expect.unreachable();
  const { shelf } = shelfWith({ refreshCatalog: () => new Promise((resolve) => (answer = resolve)) });
  const refreshed = shelf.refresh("https://example.org");
  expect(shelf.refreshProgress).toEqual({ receivedBytes: 0, totalBytes: null });
  shelf.tellRefresh({ receivedBytes: 10, totalBytes: 20 });
  expect(shelf.refreshProgress).toEqual({ receivedBytes: 10, totalBytes: 20 });
  answer(failed("Cancelled; nothing was changed."));
  await refreshed;
  shelf.tellRefresh({ receivedBytes: 20, totalBytes: 20 });
  expect([shelf.refreshProgress, shelf.notice?.text]).toEqual([null, "Cancelled; nothing was changed."]);
});

test("a folder that is named is looked into at once; a failure leaves the folders as they were", async () => {
  const found: InstalledModel = { modelId: "mine", copies: [] };
  const { shelf } = shelfWith({
    findInstalled: () => Promise.resolve(ok({ models: [found], unmatched: [], notes: [] })),
    removeModelFolder: () => Promise.resolve(failed("damaged")),
  });
  await shelf.addFolder();
  expect([shelf.folders, shelf.installed]).toEqual([[FOLDER], { mine: found }]);
  await shelf.removeFolder(FOLDER.folder);
  expect([shelf.folders, shelf.foldersFailure]).toEqual([[FOLDER], "damaged"]);
});
