import { describe, expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

interface Range {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

interface SpeedJson {
  readonly decodeTokensPerSecond: Range;
  readonly totalDecodeTokensPerSecond: Range;
  readonly prefillTokensPerSecond: Range | null;
  readonly timeToFirstTokenSeconds: Range | null;
  readonly depth: number;
  readonly promptLength: number;
  readonly basis: string;
  readonly measured: boolean;
}

async function speedsOf(
  ...questions: readonly object[]
): Promise<readonly (SpeedJson & { missing?: string })[]> {
  const files = { "q.jsonl": questions.map((question) => JSON.stringify(question)).join("\n") };
  const { stdout } = await runFitment(["estimate", "--batch", "q.jsonl"], { files });
  return stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { speed: SpeedJson }).speed);
}

const LLAMA_2_7B = { model: "llama-2-7b", quantization: "Q4_0", ramGiB: 64, context: 512 };

/* Measured by many, tests/speed/ reads the rows; a wide corridor, to see that the right constants are taken. */
test.each<[string, object, readonly [low: number, high: number]]>([
  ["an RTX 4090 under CUDA", { gpus: ["RTX 4090"] }, [140, 220]],
  ["an RTX 4090 under Vulkan", { gpus: ["RTX 4090"], backend: "vulkan" }, [130, 220]],
  ["an RX 7900 XTX under ROCm", { gpus: ["RX 7900 XTX"], backend: "rocm" }, [85, 170]],
  ["an Apple M2 Ultra", { gpus: ["Apple M2 Ultra (76-core GPU)"], ramGiB: 192 }, [75, 130]],
  ["RAM of unknown speed", { gpus: [] }, [4, 25]],
  ["the processor, though there is a card", { gpus: ["RTX 4090"], backend: "cpu" }, [4, 25]],
])("Llama 2 7B at Q4_0 on %s", async (_case, machine, [low, high]) => {
  const [speed] = await speedsOf({ ...LLAMA_2_7B, ...machine });
  expect(speed?.decodeTokensPerSecond.mid).toBeGreaterThan(low);
  expect(speed?.decodeTokensPerSecond.mid).toBeLessThan(high);
  expect(speed?.measured).toBe(false);
});

describe("a batch", () => {
  test("the context is the depth, shared by the sequences; the prompt is 512 tokens where it has room", async () => {
    const asked = { ...LLAMA_2_7B, gpus: ["RTX 4090"] };
    const [short, long, shared, prompt] = await speedsOf(
      asked,
      { ...asked, context: 4096 },
      { ...asked, context: 4096, parallel: 16 },
      { ...asked, context: 4096, prompt: 2048 },
    );
    expect(short).toMatchObject({ depth: 512, promptLength: 512 });
    expect(long).toMatchObject({ depth: 4096, promptLength: 512 });
    expect(shared).toMatchObject({ depth: 256, promptLength: 256 });
    expect(prompt).toMatchObject({ depth: 4096, promptLength: 2048 });
    expect(long?.decodeTokensPerSecond.mid).toBeLessThan(short?.decodeTokensPerSecond.mid ?? 0);
    expect(prompt?.timeToFirstTokenSeconds?.mid).toBeGreaterThan(
      3 * (long?.timeToFirstTokenSeconds?.mid ?? Infinity),
    );
    const each = shared?.decodeTokensPerSecond.mid ?? 0;
    expect(shared?.totalDecodeTokensPerSecond.mid).toBeCloseTo(16 * each, 6);
  });

  test("what is not known is said, never guessed", async () => {
    const [onSycl, tooLarge] = await speedsOf(
      { ...LLAMA_2_7B, gpus: ["RTX 4090"], backend: "sycl" },
      { model: "llama-3.1-405b", gpus: [], ramGiB: 16 },
    );
    expect(onSycl?.missing).toMatch(/sycl does not run on/);
    expect(tooLarge?.missing).toMatch(/not placed anywhere/);
  });

  test("experts of gpt-oss stay in MXFP4 whatever the packing is called", async () => {
    const asked = { model: "gpt-oss-20b", gpus: ["RTX 5090"], ramGiB: 64, context: 512 };
    const [native, q8] = await speedsOf(
      { ...asked, quantization: "MXFP4_MOE" },
      { ...asked, quantization: "Q8_0" },
    );
    const ratio = (q8?.decodeTokensPerSecond.mid ?? 0) / (native?.decodeTokensPerSecond.mid ?? 1);
    expect(ratio).toBeGreaterThan(0.8);
  });
});

describe("for people", () => {
  const machine = ["--gpu", "RTX 4090", "--ram", "64GiB"];

  test("estimate says the range, the wait and what both rest on", async () => {
    const { stdout } = await runFitment(["estimate", "llama-3-8b", ...machine, "--prompt", "4096"]);
    expect(stdout).toMatch(/^Speed\n {2}Writes [\d,]+ to [\d,]+ tokens\/s \(most likely [\d,]+ tokens\/s\)/m);
    expect(stdout).toMatch(/a prompt of 4,096 tokens at .* the first token comes after [\d.]+ to [\d.]+ s\./);
    expect(stdout).toMatch(/From \d+ measured rates of \d+ devices of its generation \(ada, cuda\)\./);
  });

  test("list has a column of ranges, in JSON too", async () => {
    const { stdout } = await runFitment(["list", ...machine]);
    expect(stdout).toMatch(/Tokens\/s/);
    expect(stdout).toMatch(/llama-3\.1-8b .* \d+ to \d+ {2}/);
    const json = await runFitment(["list", ...machine, "--json"]);
    const { models } = JSON.parse(json.stdout) as { models: { model: string; speed: SpeedJson }[] };
    expect(
      models.find(({ model }) => model === "llama-3.1-8b")?.speed.decodeTokensPerSecond.low,
    ).toBeGreaterThan(0);
  });

  test("a prompt is a number of tokens", async () => {
    expect(await runFitment(["estimate", "llama-3-8b", "--prompt", "long"])).toMatchObject({ exitCode: 2 });
  });
});

test("a range whose most likely figure is at its upper end says why; one card's does not", async () => {
  const asked = ["estimate", "llama-2-70b", "--ram", "64GiB", "--gpu"];
  const [split, single] = await Promise.all([
    runFitment([...asked, "2x RTX 3090"]),
    runFitment([...asked, "A100-SXM4-80GB"]),
  ]);
  const text = split.stdout.replaceAll(/\s+/g, " ");
  expect(text).toMatch(/split over cards, 84 measured rates of 10 devices lay mostly below it/);
  expect(single.stdout.replaceAll(/\s+/g, " ")).not.toMatch(/split over cards/);
});
