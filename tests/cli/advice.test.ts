import { describe, expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

const CARD = ["--gpu", "RTX 4090", "--ram", "64GiB"];
const NARROW = { surroundings: { columns: 80 } };

interface RecommendAnswer {
  readonly best: {
    readonly modelId: string;
    readonly memoryBytes: number;
    readonly quality: { readonly evidence: string };
  };
  readonly alternatives: readonly { readonly roles: readonly string[]; readonly sentence: string }[];
  readonly plane: readonly { readonly isOnFront: boolean }[];
  readonly insteadOfPresent: { readonly complaint: string } | null;
}

describe("fitment recommend", () => {
  test("names a pick, its reasons and alternatives within 80 columns", async () => {
    const { stdout, stderr, exitCode } = await runFitment(
      ["recommend", "--task", "code", "--priority", "quality", ...CARD],
      NARROW,
    );
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^For code \(quality 95 %, speed 5 %\)$/m);
    expect(stdout).toMatch(/^Best: .+ \(.+\) at \S+$/m);
    expect(stdout).toMatch(/quality \d+ \(\d+ to \d+\), writes \d+ to \d+ tokens\/s, takes [\d.]+ GiB/);
    expect(stdout).toContain("What limits it");
    expect(stdout).toContain("Instead of it");
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect(stdout).not.toContain("\u001b[");
  });

  test("answers as JSON in base units", async () => {
    const { stdout } = await runFitment(["recommend", "--task", "maths", "--json", ...CARD]);
    const answer = JSON.parse(stdout) as RecommendAnswer; // our own output
    expect(answer.best.memoryBytes).toBeGreaterThan(1e9);
    expect(answer.best.quality.evidence).toMatch(/^(measured|thin)$/);
    expect(answer.alternatives.every(({ sentence }) => sentence.length > 20)).toBe(true);
    expect(answer.plane.filter(({ isOnFront }) => isOnFront).length).toBeGreaterThan(2);
    expect(answer.insteadOfPresent).toBeNull();
  });

  test("says the smallest step from what is used now", async () => {
    const { stdout } = await runFitment([
      "recommend",
      "--instead-of",
      "llama-2-13b",
      "--complaint",
      "quality",
      ...CARD,
    ]);
    expect(stdout).toContain("What mends its quality");
    expect(stdout).toMatch(/The smallest step is another model: .+ points better/);
  });

  test("gives evidence for a language, or says that there is none", async () => {
    const french = await runFitment(["recommend", "--task", "chat", "--language", "french", ...CARD]);
    expect(french.stdout).toMatch(/French \d+ \(\d+ to \d+\)/);
    const swahili = await runFitment(["recommend", "--task", "chat", "--language", "Swahili", ...CARD]);
    expect(swahili.stdout).toContain("No evidence for Swahili");
  });

  test.each([
    [["--task", "painting"], "--task does not know"],
    [["--priority", "2"], "--priority takes"],
    [["--max-parameters", "many"], "--max-parameters takes"],
    [["--target", "moon"], "--target takes"],
    [["--complaint", "quality"], "go together"],
    [["--licence", "mine"], "--licence takes"],
  ])("refuses %j", async (words, message) => {
    const { exitCode, stderr } = await runFitment(["recommend", ...words, ...CARD]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe("fitment explain", () => {
  test("says why not, by how much, and what would change it", async () => {
    const { stdout } = await runFitment(["explain", "llama-3.3-70b", ...CARD], NARROW);
    expect(stdout).toContain("Why not");
    expect(stdout).toMatch(/It would write about [\d.]+ tokens\/s/);
    expect(stdout).toContain("the least loss of quality first");
    expect(stdout).toMatch(/one more NVIDIA GeForce RTX 4090: gains 24\.0 GiB; costs money/);
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
  });

  test("takes one model", async () => {
    expect((await runFitment(["explain", ...CARD])).exitCode).toBe(2);
  });
});

describe("fitment compare", () => {
  test("says at which quantization, and marks nothing that reads the same", async () => {
    const words = ["compare", "llama-3-8b", "llama-3-8b@Q8_0", "llama-3-70b"];
    const { stdout } = await runFitment([...words, "--gpu", "RTX 3060", "--ram", "8GiB"]);
    const row = (label: string): string => stdout.split("\n").find((line) => line.startsWith(label)) ?? "";
    expect(row("Quantization")).toMatch(/^Quantization +Q\S+ +Q8_0 +Q4_K_M, not held$/);
    const general = row("General")
      .split(/\s{2,}/)
      .slice(1);
    const marked = general.filter((cell) => cell.endsWith("*"));
    for (const cell of marked) expect(general.filter((other) => other === cell.slice(0, -2))).toEqual([]);
  });

  test("puts models and packings side by side, as many as the terminal is wide", async () => {
    const words = ["compare", "qwen3.8-27b", "llama-3-8b@Q8_0", "llama-3-8b@Q4_K_M", "mistral-7b", ...CARD];
    const { stdout } = await runFitment(words, NARROW);
    expect(stdout).toMatch(/^ +qwen3\.8-27b +llama-3-8b Q8_0/m);
    expect(stdout).toMatch(/^Chat .*no evidence/m);
    expect(stdout).toMatch(/^Commercial use +allowed/m);
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
  });

  test("compares one model on several machines", async () => {
    const { stdout } = await runFitment([
      "compare",
      "llama-3-8b",
      "--on",
      "RTX 4090",
      "--on",
      "RTX 3060@12GiB",
      ...CARD,
    ]);
    expect(stdout).toContain("llama-3-8b, RTX 4090");
    expect(stdout).toMatch(/^Writes, tokens\/s +\d+ to \d+ \*/m);
  });

  test("takes two to six", async () => {
    expect((await runFitment(["compare", "llama-3-8b", ...CARD])).exitCode).toBe(2);
  });
});
