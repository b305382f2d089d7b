import { z } from "zod";
import type { Card } from "#engine/card.ts";
import { isKnown, type Fact } from "#engine/fact.ts";
import { gbToBytes, mibToBytes } from "#engine/units.ts";
import { fact, id, text } from "./fact-schema.ts";

const pciId = z
  .string()
  .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/, "expected vendor:device in lower-case hex, such as 10de:2684");

/** What every card of one file shares. */
export const cardFileSchema = z.strictObject({
  vendor: z.enum(["nvidia", "amd", "intel", "apple", "other"]),
  cards: z.array(z.unknown()),
});

/** One card as its maker's file states it, in the units people know. */
export const cardEntrySchema = z.strictObject({
  id,
  name: text,
  aliases: z.array(text).default([]),
  memoryKind: z.enum(["dedicated", "unified"]),
  memoryMiB: fact(z.number().positive()),
  memoryLabelGB: z.number().positive().nullable().default(null),
  bandwidthGBps: fact(z.number().positive()),
  pciIds: z.array(pciId).default([]),
});

/** The same card in the engine's units. */
export function toCard(entry: z.infer<typeof cardEntrySchema>, vendor: Card["vendor"]): Card {
  const { memoryMiB, bandwidthGBps, ...rest } = entry;
  return {
    ...rest,
    vendor,
    memoryBytes: converted(memoryMiB, mibToBytes),
    memoryBandwidthBytesPerSecond: converted(bandwidthGBps, gbToBytes),
  };
}

function converted(stated: Fact<number>, convert: (value: number) => number): Fact<number> {
  return isKnown(stated) ? { value: convert(stated.value), source: stated.source } : stated;
}
