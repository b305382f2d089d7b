import type { Architecture } from "./model.ts";
import {
  isAtLeast,
  QUANTIZATION_LADDER,
  type QuantizationName,
  type ReleasePrecision,
} from "./quantization.ts";
import { weightsBytes, weightsOf } from "#engine/memory/weights.ts";

/**
 * The packings a verdict may choose from, finest first. The release precision is always one of them; the ladder adds
 * those that are not below the lowest acceptable one and really smaller. gpt-oss is published as GGUF in its own
 * precision with the rest at 8 bits (MXFP4_MOE); no other model is.
 */
export function candidateQuantizations(
  architecture: Architecture,
  releasePrecision: ReleasePrecision,
  lowest: QuantizationName,
): readonly [QuantizationName, ...QuantizationName[]] {
  const sizeOf = (name: QuantizationName): number => weightsBytes(weightsOf(architecture, name));
  const releaseBytes = sizeOf(releasePrecision);
  const smaller = QUANTIZATION_LADDER.filter(
    (name) =>
      isAtLeast(name, lowest) &&
      (name !== "MXFP4_MOE" || releasePrecision === "MXFP4") &&
      sizeOf(name) < releaseBytes,
  );
  return [releasePrecision, ...smaller];
}
