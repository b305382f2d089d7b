import { z } from "zod";
import { BACKENDS } from "#engine/backend.ts";
import type { CatalogProblem } from "#engine/catalog.ts";
import { SPREAD_PARTS, type SpeedConstants } from "#engine/speed/speed-constants.ts";
import { count, text } from "./fact-schema.ts";
import { toProblems } from "./problems.ts";

const positive = z.number().positive();
/** A share of a peak; nothing passes a peak. */
const share = positive.max(1);
const vendor = z.enum(["nvidia", "amd", "intel", "apple", "other"]);
const backend = z.enum(BACKENDS).exclude(["cpu"]);
const month = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, "expected a month such as 2026-05");

const decode = z.strictObject({
  bandwidthEfficiency: share,
  expertEfficiency: z.strictObject({
    mxfp4: share,
    packed: share,
    "eight-bit": share,
    "sixteen-bit": share,
  }),
  cacheEfficiency: share,
  attentionBytesPerOperation: positive,
  layerOverheadMs: positive,
  expertLayerFactor: positive,
  recurrentLayerFactor: positive,
});

/** Efficiencies may pass 1 here: integer units do more than the published FP16 or FP32 peak. */
const prefill = z.strictObject({
  matrixEfficiency: positive,
  vectorEfficiency: positive,
  flopsPerCore: positive.nullable(),
  expertEfficiency: positive,
  attentionEfficiency: positive,
  bandwidthEfficiency: share,
  layerOverheadMs: positive,
});

const accelerator = z.strictObject({
  vendor: vendor.nullable(),
  generation: text.nullable(),
  backend,
  decode,
  prefill,
  rowCount: count,
  deviceCount: count,
});

const processor = z.strictObject({
  bandwidthEfficiency: share,
  cacheEfficiency: share,
  layerOverheadMs: positive,
  serverFromBytesPerSecond: positive,
  serverBandwidthEfficiency: share,
  serverLayerOverheadMs: positive,
  codebookWeightsPerSecondPerCore: positive,
  prefillFlopsPerCore: positive,
  assumedRamBytesPerSecond: positive,
  assumedRamUpToBytes: positive,
});

const links = z.strictObject({
  cardHandoverMs: positive,
  expertHandoverMs: positive,
  allReduceMs: positive,
  pipelineOverlap: share,
  streamingEfficiency: share,
  assumedLinkBytesPerSecond: positive,
});

/** Factors on a time: the shorter end never above the middle, the longer never below. */
const factors = { fast: share, slow: z.number().min(1), rowCount: count, deviceCount: count };

const basis = z.strictObject({
  rowCount: count,
  deviceCount: count,
  builds: z.array(text),
  firstMonth: month,
  lastMonth: month,
  notes: z.array(text),
});

/** `catalog/runtimes/speed.json` as it stands. */
export const speedSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    basis,
    accelerators: z.array(accelerator).min(1),
    processor,
    links,
    runtimes: z.array(z.strictObject({ runtime: text, vendor, decodeFactor: positive, ...factors })),
    spreads: z.array(z.strictObject({ part: z.enum(SPREAD_PARTS), backend: backend.nullable(), ...factors })),
    withinDevice: z.strictObject({ decode: z.strictObject(factors), prefill: z.strictObject(factors) }),
  })
  .refine(({ spreads }) => SPREAD_PARTS.every((part) => spreads.some((spread) => spread.part === part)), {
    path: ["spreads"],
    message: `expected a spread for each of ${SPREAD_PARTS.join(", ")}`,
  }) satisfies z.ZodType<SpeedConstants>;

/** What the file holds, or what is wrong with it. */
export type CheckedSpeed =
  | { readonly kind: "ok"; readonly constants: SpeedConstants }
  | { readonly kind: "failed"; readonly problems: readonly CatalogProblem[] };

/** Checks the parsed file. */
export function checkSpeedFile(file: string, json: unknown): CheckedSpeed {
  const checked = speedSchema.safeParse(json);
  if (!checked.success) return { kind: "failed", problems: toProblems(file, [], checked.error.issues) };
  return { kind: "ok", constants: checked.data };
}
