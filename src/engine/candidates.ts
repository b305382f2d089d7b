import type { Architecture } from "./model.ts";
import { isAtLeast, ladderOf, QUANTIZATION_LADDER, type QuantizationName } from "./quantization.ts";
import { loadsPacking, type Runtime } from "./runtime.ts";
import { expertPackingOf, weightsBytes, weightsOf, type ExpertPacking } from "#engine/memory/weights.ts";

/**
 * The packings a verdict may choose from, finest first: the finest there is (the release precision, or what a person's
 * own file is packed as) where the runtime loads it, and those of the ladder that are not below the lowest acceptable
 * one and really smaller. Where it does not (FP8 in llama.cpp) the next of about its size may take its place.
 */
export function candidateQuantizations(
  architecture: Architecture,
  finest: QuantizationName,
  lowest: QuantizationName,
  runtime?: Runtime,
): readonly QuantizationName[] {
  const known = cache.get(architecture) ?? new Map<string, readonly QuantizationName[]>();
  cache.set(architecture, known);
  const key = [finest, lowest, ...(runtime?.packings ?? [])].join(" ");
  const names = known.get(key) ?? computeCandidates(architecture, { finest, lowest, runtime });
  known.set(key, names);
  return names;
}

const cache = new WeakMap<Architecture, Map<string, readonly QuantizationName[]>>();

function computeCandidates(
  architecture: Architecture,
  {
    finest,
    lowest,
    runtime,
  }: { finest: QuantizationName; lowest: QuantizationName; runtime: Runtime | undefined },
): readonly QuantizationName[] {
  const experts = expertPackingOf(finest);
  const sizeOf = (name: QuantizationName): number => weightsBytes(weightsOf(architecture, name, experts));
  const published = publishedAs(finest, runtime);
  const isLoaded = runtime === undefined || loadsPacking(runtime, published);
  const mostBytes = sizeOf(published) * (isLoaded ? 1 : ABOUT_ALIKE);
  const ladder = runtime === undefined ? QUANTIZATION_LADDER : ladderOf(runtime.packings);
  const smaller = ladder.filter(
    (name) => isAtLeast(name, lowest) && name !== otherNameOfSame(experts) && sizeOf(name) < mostBytes,
  );
  return [...(isLoaded ? [published] : []), ...smaller.sort((one, other) => sizeOf(other) - sizeOf(one))];
}

/**
 * The name under which a runtime has what is published: MXFP4 (gpt-oss) comes as GGUF under a name of its own, with the
 * experts as they are and the rest at 8 bits. That is what llama.cpp takes, and so do those who name no runtime.
 */
export function publishedAs(finest: QuantizationName, runtime: Runtime | undefined): QuantizationName {
  if (finest !== "MXFP4" || (runtime !== undefined && loadsPacking(runtime, finest))) return finest;
  return runtime === undefined || loadsPacking(runtime, "MXFP4_MOE") ? "MXFP4_MOE" : finest;
}

/** Q8_0 is 6 % larger than FP8. */
const ABOUT_ALIKE = 1.1;

/** With experts kept in MXFP4, "MXFP4_MOE" and "Q8_0" are one file, published as the former; else nobody makes it. */
function otherNameOfSame(experts: ExpertPacking): QuantizationName {
  return experts === "MXFP4" ? "Q8_0" : "MXFP4_MOE";
}
