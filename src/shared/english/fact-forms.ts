import { formOf, type KnownForm } from "#shared/known-form.ts";
import { toldAmong } from "./told-parts.ts";

/** Why the catalog has no such fact of a model. */
export const MODEL_MISSING: readonly KnownForm[] = [
  formOf("Architecture: {reason}", { reason: modelMissing }),
  formOf("Release precision: {reason}", { reason: modelMissing }),
  formOf("dense: every parameter runs for every token"),
  formOf("not stated in any source we read"),
  formOf("layer numbers not found in any source we read"),
  formOf("layer count and sliding window not found in any source we read"),
  formOf("attention heads and vocabulary size not found in any source we read"),
  formOf("vocabulary size not found in any source we read"),
  formOf("feed-forward size not found in any source we read"),
  formOf("dense feed-forward size and vocabulary not found in any source we read"),
  formOf("the matrices of its KDA layers were not found in any source we read"),
  formOf("feed-forward sizes differ from layer to layer"),
  formOf("its {count} layers are not entered yet"),
  formOf("thought to be {month}"),
  formOf("attention and Mamba-2 side by side in one layer cannot be described here yet"),
  formOf("cross-attention layers over image tokens cannot be described here yet"),
  formOf("compressed sparse attention (its cache shrinks by a ratio per layer) cannot be described here yet"),
  formOf("released as a mix of FP8 and FP4, which is not one of the precisions known here"),
  formOf("no hard limit: positions are relative"),
  formOf("pre-trained at {count} tokens"),
  formOf("not found"),
  formOf("not found; check the licence (base model Apache-2.0; licence of the instruct release not found)"),
  formOf("check the licence"),
  formOf("not stated"),
  formOf("not stated when the model was entered by hand"),
  formOf("the file has no context_length"),
  formOf("a GGUF file does not say it"),
  formOf("the file names no licence"),
  formOf("the model card names no licence"),
  formOf("the hub does not say when a model was released"),
  formOf("config.json states no max_position_embeddings"),
  formOf("config.json does not state it"),
  formOf("the repository holds it quantised ({packing})"),
];

function modelMissing(reason: string): string {
  return toldAmong(reason, MODEL_MISSING);
}

/** Why the card database has no such fact of a card. */
export const CARD_MISSING: readonly KnownForm[] = [
  formOf("it has no matrix units"),
  formOf("it is the computer's RAM, whose size is the buyer's choice"),
  formOf("it is the computer's RAM: {size}"),
  formOf("it depends on the computer's RAM"),
  formOf("it depends on the computer's RAM: {speed} at most"),
  formOf("it depends on the computer's RAM: {one} makes {speed}, {other} makes {slower}"),
  formOf("it was sold with DDR3 and with GDDR5 under one name"),
  formOf("the rates of the {name} do not hold, and no other was read"),
  formOf("the one figure read, {figure}, is not plausible for its memory"),
  formOf("the one figure read, {figure}, does not go with {memory}"),
  formOf("the one figure read, {figure}, is more than {type} of that width gives"),
  formOf("the figure read is that of {count} compute units; it has {own}"),
];

/** What Fitment notes of a model that a person added. */
export const OWN_NOTES: readonly KnownForm[] = [
  formOf("Entered by hand: all layers alike, with full attention."),
  formOf("Added from {name}: sizes are the file's own, and the verdict is about this file."),
  formOf("Added from {name}."),
  formOf("The file is of {name}."),
  formOf("Only the language model is counted; its parts for images or sound are not."),
  formOf("The repository's own files are quantised ({packing}); sizes here are of Fitment's types."),
];
