import { z } from "zod";
import type { CatalogProblem } from "#engine/catalog.ts";
import { KV_CACHE_TYPES } from "#engine/kv-cache-type.ts";
import { PACKING_FAMILIES } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { gibToBytes } from "#engine/units.ts";
import { id, positiveCount, text } from "./fact-schema.ts";
import { toProblems } from "./problems.ts";

const step = z
  .strictObject({ fromGiB: z.number().nonnegative(), contextLength: positiveCount })
  .transform(({ fromGiB, contextLength }) => ({ fromBytes: gibToBytes(fromGiB), contextLength }));

const defaultContext = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("trained") }),
  z.strictObject({ kind: z.literal("fixed"), contextLength: positiveCount }),
  z.strictObject({ kind: z.literal("by-memory"), steps: z.array(step).min(1) }),
]);

const reserve = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("as-needed") }),
  z.strictObject({
    kind: z.literal("share"),
    fraction: z.number().positive().max(1),
    activations: z.enum(["within", "beside"]),
  }),
]);

/** One runtime as its file states it. */
export const runtimeSchema = z.strictObject({
  id,
  name: text,
  engine: z.enum(["llama.cpp", "paged", "plain"]),
  packings: z.array(z.enum(PACKING_FAMILIES)).min(1),
  platforms: z.array(z.enum(["linux", "windows", "macos"])).min(1),
  vendors: z.array(z.enum(["nvidia", "amd", "intel", "apple", "other"])).min(1),
  runsOnProcessor: z.boolean(),
  defaultContext,
  defaultSequenceCount: positiveCount,
  cache: z.strictObject({
    types: z.array(z.enum(KV_CACHE_TYPES)).min(1),
    paddingCells: positiveCount,
    keepsWindows: z.boolean(),
    sequences: z.enum(["pooled", "each"]),
  }),
  batchedTokenCount: positiveCount,
  reserve,
  splits: z.array(z.enum(["layers", "tensor"])),
  offloads: z.array(z.enum(["experts", "layers"])),
  sources: z.array(text).min(1),
}) satisfies z.ZodType<Omit<Runtime, "origin">>;

/** What one file of `catalog/runtimes/` holds, or what is wrong with it. */
export type CheckedRuntime =
  | { readonly kind: "ok"; readonly runtime: Runtime }
  | { readonly kind: "failed"; readonly problems: readonly CatalogProblem[] };

/** Checks one parsed file of `catalog/runtimes/`: one runtime a file. */
export function checkRuntimeFile(file: string, json: unknown): CheckedRuntime {
  const checked = runtimeSchema.safeParse(json);
  if (checked.success) return { kind: "ok", runtime: { ...checked.data, origin: "shipped" } };
  return { kind: "failed", problems: toProblems(file, [], checked.error.issues) };
}
