import { describe, expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

interface ModelAnswer {
  readonly quality: Readonly<Record<string, readonly QualityAnswer[]>>;
}

interface QualityAnswer {
  readonly index: number;
  readonly low: number;
  readonly high: number;
  readonly scores: readonly { readonly score: number; readonly benchmark: { readonly source: string } }[];
}

describe("fitment model", () => {
  test("says quality by task with its interval, and the scores with source and date", async () => {
    const { stdout, stderr } = await runFitment(["model", "llama-3.1-8b"]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^ {2}General +50 \(4\d to 5\d\); measured: \d+ scores, \d{4}.* to \d{4}/m);
    expect(stdout).toContain("General rests on");
    expect(stdout).toMatch(/^ {4}.+: [\d.]+ % \(.+, independent, \d{4}/m);
    expect(stdout).toMatch(/^ {4}Italian \d+ \(\d+ to \d+\)$/m);
    expect(stdout).toMatch(/^Licence: .+: commercial use under conditions/m);
  });

  test("says no evidence where nobody published a score", async () => {
    const { stdout } = await runFitment(["model", "mistral-7b"]);
    expect(stdout).toMatch(/^ {2}Chat +no evidence$/m);
  });

  test("says what replaces a model and whom it is made for, with sources; --json has both", async () => {
    const { stdout } = await runFitment(["model", "qwen2-7b"]);
    expect(stdout).toMatch(/^Replaces: Qwen1\.5 7B\n {4}source: QwenLM/m);
    expect(stdout).toMatch(/^Superseded by: Qwen2\.5 7B\n {4}source: QwenLM/m);
    expect(stdout).toMatch(/^Languages: said to be made for Arabic, .+\n {4}source: QwenLM/m);
    const json = await runFitment(["model", "qwen2-7b", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      languages: { value: { codes: expect.arrayContaining(["de", "zh"]) as string[] } },
      supersedes: { value: ["qwen1.5-7b"] },
      supersededBy: [{ id: "qwen2.5-7b" }],
    });
  });

  test("says where packings are published, and what other programs call it, with sources", async () => {
    const { stdout } = await runFitment(["model", "qwen3-8b"]);
    expect(stdout).toMatch(/^In Ollama: qwen3:8b\n {4}source: /m);
    expect(stdout).toMatch(
      /^Packings published in: .*Qwen\/Qwen3-8B-AWQ \(AWQ\), Qwen\/Qwen3-8B-GGUF \(GGUF\)\n {4}source: /m,
    );
  });

  test.each([60, 80])("on a terminal of %i columns every line that can be fits", async (columns) => {
    const { stdout } = await runFitment(["model", "llama-3.1-8b"], { surroundings: { columns } });
    const long = stdout.split("\n").filter((line) => line.length > columns);
    // A word alone, such as an address, is not cut; nor are the lines of the table of tasks.
    expect(long.filter((line) => /\S \S/.test(line.trim()) && !/^ {2}\S/.test(line))).toEqual([]);
  });

  test("--json has the same, each score with its benchmark", async () => {
    const { stdout } = await runFitment(["model", "llama-3.1-8b", "--json"]);
    const { quality } = JSON.parse(stdout) as ModelAnswer; // our own answer
    expect(Object.keys(quality)).toEqual([
      "general",
      "chat",
      "code",
      "mathematics-reasoning",
      "multilingual",
    ]);
    const [general] = quality.general ?? [];
    expect(general?.index).toBe(50);
    expect(general?.scores.length).toBeGreaterThan(5);
    expect(general?.scores.every(({ benchmark }) => benchmark.source !== "")).toBe(true);
    const mistral = await runFitment(["model", "mistral-7b", "--json"]);
    expect((JSON.parse(mistral.stdout) as ModelAnswer).quality.chat).toEqual([]); // our own answer
  });

  test("a broken quality file is named, and the facts stand", async () => {
    const quality = {
      tasks: [],
      benchmarks: [],
      quantizationLosses: [],
      kvCacheLosses: [],
      taskLossFactors: [],
    };
    const problems = [{ file: "quality/index/chat.json", path: "", line: 1, message: "expected JSON" }];
    const { stdout, stderr, exitCode } = await runFitment(["model", "mistral-7b"], {
      surroundings: { loadQuality: () => Promise.resolve({ quality, problems }) },
    });
    expect(exitCode).toBe(0);
    expect(stderr).toBe("Left out of the quality index: catalog/quality/index/chat.json:1: expected JSON\n");
    expect(stdout).toContain("Parameters: 7.24 B");
  });
});
