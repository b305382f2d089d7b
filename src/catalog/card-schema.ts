import { z } from "zod";
import type { Card } from "#engine/card.ts";
import { isKnown, type Fact } from "#engine/fact.ts";
import { gbToBytes, mibToBytes, teraToOnes } from "#engine/units.ts";
import { withNamedSources } from "./card-sources.ts";
import { editorSchema, entries, fact, id, positiveCount, text } from "./fact-schema.ts";

const pciId = z
  .string()
  .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/, "expected vendor:device in lower-case hex, such as 10de:2684");

/** What every card of one file shares. A source that many facts have is written once, in `sources`. */
export const cardFileSchema = z
  .strictObject({
    $schema: editorSchema,
    vendor: z.enum(["nvidia", "amd", "intel", "apple", "other"]),
    sources: z.record(z.string().startsWith("#"), text).default({}),
    cards: entries,
  })
  .transform(({ vendor, sources, cards }) => ({
    vendor,
    cards: cards.map((card) => withNamedSources(card, sources)),
  }));

const NOT_STATED = { missing: "not stated by any source that was read" };
const figure = fact(z.number().positive()).default(NOT_STATED);
const count = fact(positiveCount).default(NOT_STATED);
const word = fact(text).default(NOT_STATED);

/** One card as its maker's file states it, in the units people know. A fact that is left out is not known. */
export const cardEntrySchema = z.strictObject({
  id,
  name: text,
  aliases: z.array(text).default([]),
  pciIds: z.array(pciId).default([]),
  memoryKind: z.enum(["dedicated", "unified"]),
  memoryMiB: fact(z.number().positive()),
  memoryLabelGB: z.number().positive().nullable().default(null),
  memoryType: word,
  memoryBusBits: count,
  bandwidthGBps: fact(z.number().positive()),
  deviceCount: positiveCount.default(1),
  architecture: word,
  computeCapability: word,
  gfxTarget: word,
  gpuCoreCount: count,
  fp16TensorTFLOPS: figure,
  fp16TensorFp16SumTFLOPS: figure,
  fp8TensorTFLOPS: figure,
  int8TensorTOPS: figure,
  fp32TFLOPS: figure,
  powerWatts: figure,
  pcieGeneration: count,
  pcieLaneCount: count,
  nvlinkGBps: figure,
  launchPriceUsd: figure,
  releaseYear: fact(z.int().min(2006).max(2100)).default(NOT_STATED),
});

/** The same card in the engine's units. */
export function toCard(entry: z.infer<typeof cardEntrySchema>, vendor: Card["vendor"]): Card {
  const { memoryMiB, bandwidthGBps, nvlinkGBps, ...others } = entry;
  const { fp16TensorTFLOPS, fp16TensorFp16SumTFLOPS, fp8TensorTFLOPS, int8TensorTOPS, fp32TFLOPS, ...rest } =
    others;
  return {
    ...rest,
    origin: "shipped",
    vendor,
    memoryBytes: converted(memoryMiB, mibToBytes),
    memoryBandwidthBytesPerSecond: converted(bandwidthGBps, gbToBytes),
    nvlinkBytesPerSecond: converted(nvlinkGBps, gbToBytes),
    fp16TensorFlops: converted(fp16TensorTFLOPS, teraToOnes),
    fp16TensorFp16SumFlops: converted(fp16TensorFp16SumTFLOPS, teraToOnes),
    fp8TensorFlops: converted(fp8TensorTFLOPS, teraToOnes),
    int8TensorOps: converted(int8TensorTOPS, teraToOnes),
    fp32Flops: converted(fp32TFLOPS, teraToOnes),
  };
}

function converted(stated: Fact<number>, convert: (value: number) => number): Fact<number> {
  return isKnown(stated) ? { value: convert(stated.value), source: stated.source } : stated;
}
