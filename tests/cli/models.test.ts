import { describe, expect, test } from "vitest";
import { findModel } from "../../src/cli/find-model.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { runFitment } from "./terminal.ts";

const models = async (...words: readonly string[]) => await runFitment(["models", ...words]);

/** First cells of a table's rows. */
function rowsOf(stdout: string): readonly string[] {
  const lines = stdout.split("\n").slice(1);
  return lines.filter((line) => / {2,}/.test(line)).map((line) => line.split(" ")[0] ?? "");
}

interface Listed {
  readonly id: string;
  readonly releaseMonth: { readonly value?: string };
  readonly parameterCount: { readonly value?: number };
  readonly quality?: { readonly index: number; readonly low: number; readonly high: number } | null;
}

async function listed(...words: readonly string[]): Promise<readonly Listed[]> {
  const { stdout } = await models(...words, "--json");
  return (JSON.parse(stdout) as { readonly models: readonly Listed[] }).models; // our own answer
}

describe("a search", () => {
  test("puts the closest name first, then the newest", async () => {
    expect(rowsOf((await models("--search", "qwen 3 8b")).stdout)).toEqual(["qwen3-8b", "qwen3-vl-8b"]);
    const llamas = await listed("--search", "llama 3.1 ");
    expect(llamas.map(({ id }) => id).slice(0, 3)).toEqual([
      "llama-3.1-nemotron-70b",
      "llama-3.1-8b",
      "llama-3.1-70b",
    ]);
  });

  test.each([
    ["mixtrl", "mixtral", ["mixtral-8x22b", "mixtral-8x7b"]],
    ["deepseak r1 70b", "deepseek r1 70b", ["deepseek-r1-distill-llama-70b"]],
  ])("a misspelt word is read as the nearest one, and that is said: %s", async (typed, meant, ids) => {
    const ran = await models("--search", typed);
    expect(rowsOf(ran.stdout)).toEqual(ids);
    expect(ran.stderr).toBe(`Nothing is called "${typed}"; these are for "${meant}".\n`);
  });

  test.each([
    [["--search", "gpt4all"], "fitment add --hf ORG/NAME"],
    [["--search", "zzz", "--licence", "commercial"], "No model meets --search and --licence at once."],
    [["--installed"], "No model meets --installed."],
  ])("%j finds nothing, and helps", async (words, said) => {
    const ran = await models(...words);
    expect(ran).toMatchObject({ exitCode: 0, stdout: "0 of 317 models\n" });
    expect(ran.stderr).toContain(said);
  });
});

test("a family may be named by its beginning", async () => {
  const all = await listed("--family", "llama");
  expect(new Set(all.map(({ id }) => id.split("-").slice(0, 2).join("-"))).size).toBeGreaterThan(3);
  expect(await listed("--family", "LLAMA 3.1")).toHaveLength(3);
  expect((await models("--family", "lama")).stderr).toContain('no family "lama"');
});

describe("in order", () => {
  test("of size, with what is unknown at the end", async () => {
    const sizes = (await listed("--sort", "size")).map(({ parameterCount }) => parameterCount.value ?? 0);
    expect(sizes).toEqual([...sizes].sort((one, other) => other - one));
  });

  test("of names, counting as people do", async () => {
    const ids = (await listed("--sort", "name", "--family", "Qwen2.5")).map(({ id }) => id);
    expect(ids.indexOf("qwen2.5-7b")).toBeLessThan(ids.indexOf("qwen2.5-14b"));
  });

  test("of quality at a task, shown with its interval; without evidence at the end", async () => {
    const all = await listed("--task", "code");
    const known = all.flatMap(({ quality }) => (quality == null ? [] : [quality]));
    expect(known.length).toBeGreaterThan(100);
    expect(all.slice(0, known.length).every(({ quality }) => quality != null)).toBe(true);
    expect(known.every(({ index, low, high }) => low <= index && index <= high)).toBe(true);
    expect(known.map(({ index }) => index)).toEqual(known.map(({ index }) => index).sort((a, b) => b - a));
    const { stdout } = await models("--task", "code", "--search", "8b");
    expect(stdout).toMatch(/Released {2}Quality \(code\)/);
    expect(stdout).toMatch(/llama-3\.1-8b .* 50 \(\d\d to \d\d\) /);
    expect(stdout).toContain("no evidence");
    expect(stdout).toContain("Llama 3.1 8B Instruct is 50 in every task");
    expect((await models("--sort", "quality")).stdout).toContain("Quality (general)");
    expect((await models()).stdout).not.toContain("Quality");
  });

  test.each([
    [["--sort", "weight"], '--sort does not know "weight". It takes newest, name, size, context, quality.'],
    [["--task", "cod"], '--task does not know "cod". Did you mean "code"?'],
  ])("%j is wrong usage", async (words, said) => {
    const ran = await models(...words);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(said);
  });
});

describe("one model is found", () => {
  test.each([
    ["qwen 3 8b", "qwen3-8b"],
    ["QWEN3 8B", "qwen3-8b"],
    ["https://huggingface.co/Qwen/Qwen3-8B", "qwen3-8b"],
    ["mistral 7b", "mistral-7b"],
    ["mistral:7b", "mistral-7b-v0.3"],
  ])("%s", (text, id) => {
    expect(findModel(text, SHIPPED.models).id).toBe(id);
  });

  test.each([
    ["qwen 38b", 'Did you mean "qwen3-8b"?'],
    ["llama3.1:8b-instruct-q4_K_M", 'Did you mean "llama-3.1-8b"?'],
    [
      "unsloth/Llama-3.1-8B-Instruct-GGUF",
      'Did you mean "llama-3.1-8b"? To add it: fitment add --hf unsloth/',
    ],
    ["acme/own", "To add it: fitment add --hf acme/own"],
    ["nonsense", "All models: fitment models"],
  ])("%s is not guessed", (text, said) => {
    expect(() => findModel(text, SHIPPED.models)).toThrow(said);
  });

  test("a name of several is asked about", () => {
    const [first] = SHIPPED.models;
    if (first === undefined) throw new Error("no models");
    const twins = [first, { ...first, id: "twin" }];
    expect(() => findModel(first.name, twins)).toThrow(
      `is the name of several models: "${first.id}", "twin". Say`,
    );
    expect(findModel("twin", twins).id).toBe("twin");
  });
});
