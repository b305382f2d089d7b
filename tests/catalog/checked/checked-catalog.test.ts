import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCheckedCatalog, loadCheckedQuality, writeChecked } from "#catalog/checked/checked-catalog.ts";
import { loadCatalog } from "#catalog/load.ts";
import { loadQuality } from "#catalog/load-quality.ts";

const SHIPPED = path.join(import.meta.dirname, "../../../catalog");

let root = "";
const folders = (): { catalogFolder: string; checkedFolder: string } => ({
  catalogFolder: path.join(root, "catalog"),
  checkedFolder: root,
});

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "fitment-checked-"));
  await cp(SHIPPED, folders().catalogFolder, { recursive: true });
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("what the build makes of the catalog", () => {
  test("is what reading and checking every file gives", async () => {
    expect(await writeChecked(folders())).toBe(true);
    expect(await loadCheckedCatalog(folders())).toEqual(await loadCatalog(folders().catalogFolder));
    expect(await loadCheckedQuality(folders())).toEqual(await loadQuality(folders().catalogFolder));
  });

  test("counts no longer once a digit of the catalog is another", async () => {
    const file = path.join(folders().catalogFolder, "models/llama-3.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace('"Llama 3 8B"', '"Llama 3 8C"'));
    const { models } = await loadCheckedCatalog(folders());
    expect(models.find(({ id }) => id === "llama-3-8b")?.name).toBe("Llama 3 8C");
  });

  test("is not made of a catalog with a broken entry, which is named at each start", async () => {
    await writeFile(path.join(folders().catalogFolder, "models/broken.json"), '{"models": [{"id": 7}]}');
    expect(await writeChecked(folders())).toBe(false);
    const { problems } = await loadCheckedCatalog(folders());
    expect(problems[0]?.file).toBe("models/broken.json");
  });

  test.each(["", "{", '{"key":"x"}'])("does not have to be whole: %j", async (content) => {
    await rm(path.join(folders().catalogFolder, "models/broken.json"), { force: true });
    await writeFile(path.join(root, "checked-catalog.json"), content);
    expect((await loadCheckedCatalog(folders())).models.length).toBeGreaterThan(200);
  });
});
