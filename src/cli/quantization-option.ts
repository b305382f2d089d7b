import { findQuantization, quantizationNames, type QuantizationName } from "#engine/quantization.ts";
import { didYouMean } from "./did-you-mean.ts";
import { UsageError } from "./usage-error.ts";

/** A quantization by name. */
export function quantization(option: string, text: string): QuantizationName {
  const found = findQuantization(text);
  if (found !== null) return found;
  const names = quantizationNames();
  const nearest = didYouMean(text, names);
  throw new UsageError(
    `${option} does not know "${text}".${nearest === "" ? ` Known: ${names.join(", ")}.` : nearest}`,
  );
}
