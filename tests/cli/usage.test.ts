import path from "node:path";
import { loadCatalog } from "../../src/catalog/load.ts";
import { describe, expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

describe("a command line that says something wrong ends with 2 and names it", () => {
  test.each([
    [["lst"], 'There is no command "lst". Did you mean "list"'],
    [["list", "--contxt", "4096"], '"list" has no option --contxt. Did you mean "--context"'],
    [["list", "--context", "many"], "--context takes a whole number from"],
    [["list", "--context", "0"], "--context takes a whole number from"],
    [["list", "--context", "99999999999"], "from 1 to 16,777,216"],
    [["list", "--kv-type", "q9_0"], "--kv-type takes one of f32, f16"],
    [["list", "--lowest-quantization", "Q4_K_X"], 'Did you mean "Q4_K_M"'],
    [["list", "--flash-attention", "maybe"], "--flash-attention takes on or off"],
    [["list", "--ubatch", "-1"], "--ubatch"],
    [["list", "--gpu", "RTX 4090", "--no-gpu"], "exclude each other"],
    [["list", "llama-3-8b"], 'list takes no "llama-3-8b"'],
    [["detect", "--gpu", "RTX 4090"], '"detect" has no option --gpu'],
    [["estimate"], "estimate takes a model"],
    [["estimate", "llama-3-8b", "yi-34b"], 'estimate takes one model; "yi-34b" is too much'],
    [["estimate", "lama-3-8b"], 'The catalog has no model "lama-3-8b". Did you mean "llama-3-8b"'],
    [["estimate", "llama-3-8b", "--quantization", "Q4KM"], '--quantization does not know "Q4KM"'],
    [["list", "--gpu", "RTX 4O90", "--ram", "64GiB"], "4090"],
    [["list", "--ram", "much"], "much"],
    [["list", "--no-gpu", "--ram", "0GiB"], "0"],
    [["list", "--context"], "--context"],
    [["estimate", "my.gguf"], "fitment add my.gguf"],
    [["estimate", "llama-3-8b", "--lora", "0"], '--lora takes a whole number from 1 to 4,096; "0" is none.'],
  ])("%j", async (words, said) => {
    const { exitCode, stdout, stderr } = await runFitment(words);
    expect(stderr).toContain(said);
    expect(stderr).not.toContain("    at ");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });
});

describe("a question that cannot be answered ends with 1 and says why", () => {
  test.each([
    [{}, ["list", "--machine", "gone.json"], "gone.json cannot be read: there is no such file"],
    [{ "a.json": "{" }, ["list", "--machine", "a.json"], "a.json is not JSON"],
    [
      { "a.json": '{"schemaVersion":2}' },
      ["list", "--machine", "a.json"],
      "a.json is no machine report (schemaVersion: expected 1, not 2)",
    ],
    [
      { "a.json": "[]" },
      ["list", "--machine", "a.json"],
      "a.json is no machine report (the whole file: expected named fields in braces, not a list)",
    ],
    [{}, ["estimate", "--batch", "gone.jsonl"], "gone.jsonl cannot be read"],
  ])("%j %j", async (files, words, said) => {
    const { exitCode, stderr } = await runFitment(words, { files });
    expect(stderr).toContain(said);
    expect(exitCode).toBe(1);
  });

  test.each(["estimate", "plan", "next", "model", "explain", "optimise", "runtimes"])(
    "%s of a model whose file is broken: it may be one of those left out, so the usage may be right",
    async (command) => {
      const catalog = await loadCatalog(path.join(import.meta.dirname, "../../catalog"));
      const problems = [{ file: "/home/me/fitment/models/mine.json", path: "", message: "expected JSON" }];
      const { exitCode, stdout, stderr } = await runFitment([command, "mine"], {
        surroundings: { loadCatalog: () => Promise.resolve({ ...catalog, problems }) },
      });
      expect(stderr).toContain('no model "mine" that can be read');
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    },
  );

  test("a catalog without a readable model", async () => {
    const problems = [{ file: "models/a.json", path: "models[0].id", message: "expected text" }];
    const { exitCode, stderr } = await runFitment(["list"], {
      surroundings: {
        loadCatalog: () => Promise.resolve({ models: [], cards: [], runtimes: [], speed: null, problems }),
      },
    });
    expect(stderr).toContain("Left out of the catalog: catalog/models/a.json: models[0].id: expected text");
    expect(stderr).toContain("no model that can be read");
    expect(exitCode).toBe(1);
  });

  test("a bug says so, and where only with --debug", async () => {
    const surroundings = { detectMachine: () => Promise.reject(new Error("boom")) };
    const plain = await runFitment(["detect"], { surroundings });
    expect(plain).toMatchObject({
      exitCode: 1,
      stderr: "fitment: something went wrong inside: boom (--debug says where)\n",
    });
    const debugged = await runFitment(["detect", "--debug"], { surroundings });
    expect(debugged.stderr).toContain("    at ");
  });
});

test.each([["--help"], ["-h"], ["list --help"], ["estimate --help"]])("%s prints the help", async (words) => {
  const { exitCode, stdout } = await runFitment(words.split(" "));
  expect(exitCode).toBe(0);
  expect(stdout).toContain("fitment estimate MODEL");
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("--version prints the version alone", async () => {
  expect(await runFitment(["--version"])).toMatchObject({ exitCode: 0, stdout: "0.0.0\n" });
});
