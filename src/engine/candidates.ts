import type { Architecture } from "./model.ts";
import { isAtLeast, QUANTIZATION_LADDER, type QuantizationName } from "./quantization.ts";
import { expertPackingOf, weightsBytes, weightsOf, type ExpertPacking } from "#engine/memory/weights.ts";

/**
 * The packings a verdict may choose from, finest first. The finest there is (the release precision, or what a person's
 * own file is packed as) is always one of them; the ladder adds
 * those that are not below the lowest acceptable one and really smaller. gpt-oss is published as GGUF in its own
 * precision with the rest at 8 bits (MXFP4_MOE); no other model is.
 */
export function candidateQuantizations(
  architecture: Architecture,
  finest: QuantizationName,
  lowest: QuantizationName,
): readonly [QuantizationName, ...QuantizationName[]] {
  const experts = expertPackingOf(finest);
  const sizeOf = (name: QuantizationName): number => weightsBytes(weightsOf(architecture, name, experts));
  const finestBytes = sizeOf(finest);
  const smaller = QUANTIZATION_LADDER.filter(
    (name) => isAtLeast(name, lowest) && name !== otherNameOfSame(experts) && sizeOf(name) < finestBytes,
  );
  return [finest, ...smaller.sort((one, other) => sizeOf(other) - sizeOf(one))];
}

/** With experts kept in MXFP4, "MXFP4_MOE" and "Q8_0" are one file, published as the former; else nobody makes it. */
function otherNameOfSame(experts: ExpertPacking): QuantizationName {
  return experts === "MXFP4" ? "Q8_0" : "MXFP4_MOE";
}
