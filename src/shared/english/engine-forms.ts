import { formOf, type KnownForm } from "#shared/known-form.ts";

/** What an estimate leaves out, and why. */
export const CAVEATS: readonly KnownForm[] = [
  formOf("How much memory {name} has is not known."),
  formOf("It is left out."),
  formOf("{runtime} does not load {quantization}: these figures are what it would take."),
  formOf("{runtime} does not split a model by layers."),
  formOf("{runtime} does not split a model by tensors."),
  formOf("It is looked for on one card, and with RAM."),
  formOf("llama.cpp splits by tensors only with flash attention."),
  formOf("llama.cpp splits by tensors only with a KV cache of f32, f16 or bf16."),
  formOf("llama.cpp does not split models with latent attention by tensors."),
  formOf("llama.cpp does not split encoder-decoder models by tensors."),
  formOf("Not every architecture runs as a pipeline: the runtime's table of supported models says which do."),
  formOf("What the vision tower takes while it reads an image is not counted."),
  formOf("Copies of the recurrent state, kept to take back what a draft model proposed, are not counted."),
];

/** Why there is no estimate; what a runtime refuses is in `refusal-text.ts`. */
export const UNKNOWN_VERDICTS: readonly KnownForm[] = [
  formOf("How much RAM this machine has is not known."),
  formOf("{runtime} loads no packing of it at or above {quantization}."),
  formOf("The back end {backend} drives no accelerator of this machine."),
  formOf("{name} does not start with values of the KV cache in {type} and without flash attention."),
  formOf("No multi-token-prediction block of {name} is known."),
  formOf("{name} takes no images."),
  formOf("The size of {name}'s vision tower and projector is not known."),
  formOf("Which matrices of latent attention an adapter changes is not known."),
];

/** What stands for a card that this machine does not have. */
export const IMAGINED_CARDS: readonly KnownForm[] = [formOf("80 GB card")];
