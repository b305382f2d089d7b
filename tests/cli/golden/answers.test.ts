import { readdirSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { describe, expect, test } from "vitest";
import { runFitment } from "../terminal.ts";

/**
 * Whole answers as they were read in review. A change of a figure or a field shows here first; when it is meant,
 * `npx vitest run --config tests/vitest.config.ts tests/cli/golden -u` writes the files anew, and the diff is read.
 */
const MACHINES = readdirSync(path.join(import.meta.dirname, "../../fixtures/machines"))
  .filter((file) => file.endsWith(".json"))
  .map((file) => path.basename(file, ".json"));

/** One of each kind: dense small and large, mixtures, latent attention, and one whose architecture is not known. */
const LISTED = ["llama-3-8b", "llama-2-70b", "mixtral-8x7b", "gpt-oss-120b", "deepseek-v3", "kimi-k3"];

async function answerOf(words: readonly string[], machine: string): Promise<object> {
  const { exitCode, stdout } = await runFitment([...words, "--json"], { machine });
  expect(exitCode).toBe(0);
  return JSON.parse(stdout, fewDigits) as object; // our own answer
}

test("a question that the window copied", async () => {
  const question =
    "fitment:?context=32768&kv-type-k=q8_0&kv-type-v=q8_0&lowest-quantization=Q4_K_M&ubatch=512" +
    "&flash-attention=true&parallel=2&runtime=ollama&right-now=false&task=code&priority=0.8&licence=commercial" +
    "&languages=french&compare1=llama-3-8b&opened=mixtral-8x7b&search=llama+3+8b&columns=verdict&grouped=true";
  await expectStored(await answerOf(["--question", question], "rtx-4090"), "rtx-4090__question");
});

/** The last digits of an exponential differ from one processor to another; bytes are whole and stay as they are. */
function fewDigits(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}

async function expectStored(answer: object, name: string): Promise<void> {
  const file = path.join(import.meta.dirname, "stored", `${name}.json`);
  const style = await resolveConfig(file);
  await expect(await format(JSON.stringify(answer), { ...style, parser: "json" })).toMatchFileSnapshot(file);
}

describe.each(MACHINES)("on %s", (machine) => {
  test("list, of a few models", async () => {
    const answer = (await answerOf(["list"], machine)) as { models: readonly { model: string }[] }; // our own answer
    const models = answer.models.filter(({ model }) => LISTED.includes(model));
    expect(models).toHaveLength(LISTED.length);
    await expectStored({ ...answer, models }, `${machine}__list`);
  });

  test("estimate, explained", async () => {
    const answer = await answerOf(["estimate", "mixtral-8x7b", "--explain"], machine);
    await expectStored(answer, `${machine}__estimate`);
  });
});
