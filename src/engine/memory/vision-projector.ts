import { isKnown, type Fact } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { parameterCount } from "./tensors.ts";

/** `mmproj` files are published in F16 or BF16; other runtimes hold a tower in 16 bits, too. */
const ELEMENT_BYTES = 2;

/**
 * Bytes of the vision tower and its projector. An architecture of the catalog is the text decoder, so that they are
 * what the published count of parameters holds beside it: 423,060,336 for Gemma 3 27B. Counts that are rounded, or that
 * hold an audio tower or a multi-token-prediction block too, do not tell; the catalog says which in the source.
 */
export function projectorBytes(model: Model): Fact<number> {
  const { architecture, parameterCount: published, modalities, name } = model;
  if (!modalities.includes("image")) return { missing: `${name} takes no images.` };
  const unknown = { missing: `The size of ${name}'s vision tower and projector is not known.` };
  if (!isKnown(architecture) || !isKnown(published) || modalities.includes("audio")) return unknown;
  const isWhole = published.source.includes("(rounded)") || holdsMtp(published.source);
  const elementCount = published.value - parameterCount(architecture.value);
  if (isWhole || elementCount <= 0) return unknown;
  return { value: elementCount * ELEMENT_BYTES, source: published.source };
}

/** The catalog writes "no MTP" where the block is left out of a count. */
function holdsMtp(source: string): boolean {
  return source.includes("MTP") && !source.includes("no MTP");
}
