import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fitCounts } from "./fits.ts";
import { heldOut } from "./held-out.ts";
import {
  COMPUTE_FEW_LOGITS,
  COMPUTE_FLASH_OFF,
  COMPUTE_FLASH_ON,
  COMPUTE_PARTS_IN_RAM,
  MEASURED_WHOLE,
  memoryClasses,
} from "./memory-classes.ts";
import { MEASURED_FOLDER, modelFinder } from "./rows/catalog-models.ts";
import { VLLM_ROOM, vllmRooms } from "./serving.ts";
import { shareOf, summarise, type Comparison } from "./statistics.ts";

const HAS_ROWS = existsSync(MEASURED_FOLDER);
const findModel = HAS_ROWS ? await modelFinder() : null;
const classes = findModel === null ? [] : memoryClasses(findModel);

function comparisonsOf(name: string): readonly Comparison[] {
  const found = classes.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no class "${name}"`);
  return found.comparisons;
}

/** The bounds that are reached, as fractions: median, 90th and 95th percentile. */
describe.skipIf(!HAS_ROWS)("figures of memory beside what was logged and measured", () => {
  test.each([
    // Builds between two paddings keep 256 cells fewer of a window: the worst are three rows of Gemma 4.
    ["KV cache, llama.cpp", 0, 0.005, 0.01],
    ["weights, logged files", 0.001, 0.002, 0.003],
    ["weights, listed files", 0.005, 0.07, 0.12],
    ["all buffers on cards, as logged", 0.005, 0.01, 0.07],
    [MEASURED_WHOLE, 0.03, 0.08, 0.1],
    ["whole memory, publishers' own mixtures", 0.06, 0.09, 0.13],
  ])("%s", (name, ...[median, percentile90, percentile95]) => {
    const summary = summarise(comparisonsOf(name));
    expect(summary.count).toBeGreaterThan(30);
    expect(summary.median).toBeLessThanOrEqual(median);
    expect(summary.percentile90).toBeLessThanOrEqual(percentile90);
    expect(summary.percentile95).toBeLessThanOrEqual(percentile95);
  });

  /** One row of five is below: a dense model at 32,768 tokens, whose allocator leaves a hole of 78 MiB below the logits. */
  test.each([
    [COMPUTE_FLASH_OFF, 1],
    [COMPUTE_FLASH_ON, 0.8],
    [COMPUTE_PARTS_IN_RAM, 1],
  ])("%s is within 10 %% or 32 MiB, and never more than 64 MiB below", (name, share) => {
    const comparisons = comparisonsOf(name);
    const isNear = ({ measured, estimated }: Comparison): boolean =>
      Math.abs(estimated - measured) <= Math.max(32, 0.1 * measured);
    expect(shareOf(comparisons, isNear)).toBeGreaterThanOrEqual(share);
    expect(
      Math.max(...comparisons.map(({ measured, estimated }) => measured - estimated)),
    ).toBeLessThanOrEqual(64);
  });

  test("servers that reserve logits of a few tokens only take less than is said, never more", () => {
    const comparisons = comparisonsOf(COMPUTE_FEW_LOGITS);
    expect(comparisons.length).toBeGreaterThan(0);
    expect(comparisons.every(({ measured, estimated }) => estimated >= measured)).toBe(true);
  });

  /** The same targets on rows that the constants were not fitted on. */
  test.each([
    [MEASURED_WHOLE, 0.04, 0.1],
    [VLLM_ROOM, 0.07, 0.2],
  ])("%s, with constants of the other half of the model families", async (name, median, percentile90) => {
    const rooms = findModel === null ? [] : await vllmRooms(findModel);
    const summary = summarise(heldOut(name === VLLM_ROOM ? rooms : comparisonsOf(name)));
    expect(summary.count).toBeGreaterThan(15);
    expect(summary.median).toBeLessThanOrEqual(median);
    expect(summary.percentile90).toBeLessThanOrEqual(percentile90);
  });

  test("vLLM's room for keys and values is within 7 % in the median", async () => {
    const rooms = findModel === null ? [] : await vllmRooms(findModel);
    expect(rooms.length).toBeGreaterThan(15);
    expect(summarise(rooms).median).toBeLessThanOrEqual(0.07);
  });

  test("of loads that fitted at most 2 % are refused, and none that ran out of memory is placed on the cards", async () => {
    const counts = findModel === null ? [] : await fitCounts(findModel);
    for (const { fitted, refused, placed } of counts) {
      expect(refused / fitted).toBeLessThanOrEqual(0.02);
      expect(placed).toBe(0);
    }
  });
});
