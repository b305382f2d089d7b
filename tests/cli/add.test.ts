import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkModelFile } from "#catalog/schema.ts";
import { loadOwnCatalog, mergeCatalogs } from "#catalog/own/merged-catalog.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { writeGguf } from "../catalog/gguf/gguf-file.ts";
import { deepseekV2Lite, gemma3, llama3, qwen3Moe } from "../catalog/gguf/models.ts";
import { runFitment, type Ran } from "./terminal.ts";

const RTX_4090 = ["--gpu", "RTX 4090", "--ram", "64GiB"];

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-add-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A command line with a data folder of its own, as on a person's computer. */
async function fitment(...words: readonly string[]): Promise<Ran> {
  const ownFolder = path.join(folder, "data");
  const loadCatalog = async () => mergeCatalogs(SHIPPED, await loadOwnCatalog(ownFolder));
  return await runFitment(words, { surroundings: { ownFolder, loadCatalog } });
}

const inFolder = (name: string): string => path.join(folder, name);

interface Estimate {
  readonly verdict: { readonly kind: string; readonly quantization?: string };
  readonly quantization: string;
  readonly memory: { readonly weightsBytes: number; readonly kvCacheBytes: number };
}

describe("a file is added and then estimated to the byte", () => {
  test.each([
    {
      name: "Meta-Llama-3-8B-Instruct.Q4_K_M.gguf",
      file: llama3(),
      id: "meta-llama-3-8b-instruct.q4-k-m",
      packing: "Q4_K_M",
      said: "8.03 B parameters, 32 layers, Q4_K_M, weights 4.6 GiB",
      verdict: { kind: "fits", quantization: "Q4_K_M" },
      kvCacheBytes: 2 * 32 * 8 * 128 * 8192 * 2,
    },
    {
      name: "Qwen3-30B-A3B-Q8_0.gguf",
      file: qwen3Moe(),
      id: "qwen3-30b-a3b-q8-0",
      packing: "Q8_0",
      said: "30.5 B parameters, 48 layers, Q8_0, weights 30.2 GiB",
      verdict: { kind: "needs-quantization" },
      kvCacheBytes: 2 * 48 * 4 * 128 * 8192 * 2,
    },
    {
      name: "deepseek-v2-lite.gguf",
      file: deepseekV2Lite(),
      id: "deepseek-v2-lite",
      packing: "Q8_0",
      said: "15.7 B parameters, 27 layers, Q8_0, weights 15.6 GiB",
      verdict: { kind: "fits", quantization: "Q8_0" },
      kvCacheBytes: 27 * (512 + 64) * 8192 * 2,
    },
  ])("$name", async ({ name, file, id, packing, said, verdict, kvCacheBytes }) => {
    await writeGguf(inFolder(name), file);
    const added = await fitment("add", inFolder(name));
    expect(added).toMatchObject({ exitCode: 0, stderr: "" });
    expect(added.stdout).toContain(`Added ${id}: `);
    expect(added.stdout).toContain(said);

    const words = ["estimate", id, ...RTX_4090, "--quantization", packing, "--json"];
    const answer = JSON.parse((await fitment(...words)).stdout) as Estimate; // our own answer
    expect(answer.verdict).toMatchObject(verdict);
    expect(answer.memory).toMatchObject({ weightsBytes: file.weightBytes, kvCacheBytes });
  });

  test("and is in every list, marked", async () => {
    await writeGguf(inFolder("gemma.gguf"), gemma3());
    await fitment("add", inFolder("gemma.gguf"));
    expect((await fitment("list", ...RTX_4090)).stdout).toContain("gemma (own)");
    expect((await fitment("models", "--search", "F16 file")).stdout).toMatch(/^gemma +.*own$/m);
    const shown = (await fitment("model", "gemma")).stdout;
    expect(shown).toContain("From your own catalog.");
    expect(shown).toContain("source: GGUF file gemma.gguf");
    expect(shown).not.toContain("huggingface.co");
  });
});

describe("adding", () => {
  test("again replaces, and --json says so", async () => {
    await writeGguf(inFolder("gemma.gguf"), gemma3());
    await fitment("add", inFolder("gemma.gguf"));
    const { stdout } = await fitment("add", inFolder("gemma.gguf"), "--json");
    const answer: unknown = JSON.parse(stdout);
    const file = path.join(folder, "data", "models", "gemma.json");
    expect(answer).toMatchObject({ schemaVersion: 1, file, hasReplaced: true, model: { id: "gemma" } });
    expect(checkModelFile(file, JSON.parse(await readFile(file, "utf8"))).problems).toEqual([]);
  });

  test("a file named like a shipped model does not take its place", async () => {
    await writeGguf(inFolder("Llama-3-8B.gguf"), llama3());
    expect((await fitment("add", inFolder("Llama-3-8B.gguf"))).stdout).toContain("Added llama-3-8b-file:");
    const { stdout } = await fitment("estimate", "llama-3-8b", ...RTX_4090, "--json");
    expect(JSON.parse(stdout)).toMatchObject({ quantization: "BF16" });
  });

  test.each([
    [["add"], 2, "add takes a GGUF file"],
    [["add", "gone.gguf"], 1, "gone.gguf: It cannot be read: there is no such file."],
    [["add", "README.md"], 1, 'README.md: This is no GGUF file: it begins with "# Fi"'],
    [["add", "x.gguf", "--gpu", "RTX 4090"], 2, '"add" has no option --gpu'],
  ])("%j", async (words, exitCode, said) => {
    const ran = await fitment(...words);
    expect(ran).toMatchObject({ exitCode, stdout: "" });
    expect(ran.stderr).toContain(said);
  });

  test("an architecture that is not known is refused, and nothing is written", async () => {
    await writeGguf(inFolder("new.gguf"), llama3({ "general.architecture": "brand-new" }));
    const ran = await fitment("add", inFolder("new.gguf"));
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain('new.gguf: The architecture "brand-new" cannot be described');
    await expect(readFile(path.join(folder, "data", "models", "new.json"))).rejects.toThrow("ENOENT");
  });

  test("a data folder that cannot be written is named", async () => {
    await writeGguf(inFolder("gemma.gguf"), gemma3());
    await writeFile(inFolder("data"), "a file where the folder should be");
    const ran = await fitment("add", inFolder("gemma.gguf"));
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain(`cannot be written into ${inFolder("data")}`);
  });
});

describe("fitment catalog", () => {
  test("check passes the shipped catalog, and counts own entries", async () => {
    await writeGguf(inFolder("gemma.gguf"), gemma3());
    await fitment("add", inFolder("gemma.gguf"));
    const ran = await fitment("catalog", "check");
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ran.stdout).toMatch(/^\d+ models \(1 own\), \d+ accelerators$/m);
  });

  test("check names file, place and what was expected, and ends with 1", async () => {
    const file = path.join(folder, "data", "models", "mine.json");
    await mkdir(path.dirname(file), { recursive: true });
    const content = { family: "Mine", developer: "Me", models: [{ id: "Mine 1B" }] };
    await writeFile(file, JSON.stringify(content, null, 2));
    const ran = await fitment("catalog", "check");
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain(`${file}:6: models[0].id: expected lower case`);
    expect(ran.stderr).toMatch(/^fitment: The catalog has \d+ problems\.\n$/);
    const listed = await fitment("list", ...RTX_4090);
    expect(listed.exitCode).toBe(0);
    expect(listed.stderr).toContain(`Left out of the catalog: ${file}:6: models[0].id`);
  });

  test("date says the shipped catalog's day", async () => {
    expect((await fitment("catalog", "date")).stdout).toBe("2026-11-25\n");
    expect(JSON.parse((await fitment("catalog", "date", "--json")).stdout)).toEqual({
      schemaVersion: 1,
      date: "2026-11-25",
    });
  });

  test.each([
    [["catalog"], "catalog takes check or date."],
    [["catalog", "chek"], 'Did you mean "check"?'],
    [["catalog", "date", "now"], "catalog takes check or date."],
  ])("%j is wrong usage", async (words, said) => {
    const ran = await fitment(...words);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(said);
  });
});
