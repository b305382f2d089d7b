import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { finestPacking } from "#engine/prepare.ts";
import { packingFamily, type QuantizationName } from "#engine/quantization.ts";

/** One packing of a model that is known to be published. */
export interface Artefact {
  readonly modelId: string;
  readonly quantization: QuantizationName;
  /** `owner/name` on Hugging Face. */
  readonly repository: string;
  /** One file, or all parts in order; empty where only the repository is known. */
  readonly files: readonly string[];
  readonly sizeBytes: number | null;
  /** What Ollama's own library calls it, `llama3.1:8b`; null where it has none. */
  readonly ollamaName: string | null;
  /** Where this was read. */
  readonly source: string;
}

/** Where the weights of a packing come from. Nothing but `published` and `release` is known to be there to download. */
export type WeightsSource =
  | { readonly kind: "published"; readonly artefact: Artefact }
  /** The makers' own weights, which are in this packing. */
  | { readonly kind: "release"; readonly repository: string }
  /** To be made from the makers' own weights. */
  | { readonly kind: "made"; readonly repository: string }
  /** The file that the person added to the catalog. */
  | { readonly kind: "own-file" }
  /** Nobody says where; what to start is a name to be put in. */
  | { readonly kind: "unverified"; readonly repository: string | null };

/** Packings that the person's own runtime or a small tool makes out of the makers' weights. */
export type CanMake = (quantization: QuantizationName) => boolean;

/** The best that is known of where to get a packing. */
export function weightsSource(
  model: Model,
  quantization: QuantizationName,
  { artefacts, canMake }: { readonly artefacts: readonly Artefact[]; readonly canMake: CanMake },
): WeightsSource {
  const artefact = artefacts.find((each) => each.modelId === model.id && each.quantization === quantization);
  if (artefact !== undefined) return { kind: "published", artefact };
  if (isOwnFile(model, quantization)) return { kind: "own-file" };
  const { huggingFaceId: repository } = model;
  if (repository === null) return { kind: "unverified", repository };
  if (canMake(quantization)) return { kind: "made", repository };
  return isRelease(model, quantization)
    ? { kind: "release", repository }
    : { kind: "unverified", repository };
}

/** 16 bits are 16 bits: runtimes that read safetensors take either kind. */
export function isRelease(model: Model, quantization: QuantizationName): boolean {
  const finest = finestPacking(model);
  if (!isKnown(finest)) return false;
  const bothWide = packingFamily(finest.value) === "16-bit" && packingFamily(quantization) === "16-bit";
  return bothWide || finest.value === quantization;
}

function isOwnFile({ architecture }: Model, quantization: QuantizationName): boolean {
  return isKnown(architecture) && architecture.value.exactWeights?.quantization === quantization;
}

/** The folder that a repository is downloaded to: its name without the owner. */
export function folderOf(repository: string): string {
  return repository.split("/").at(-1) ?? repository;
}

/** Hugging Face's own list of what others made of these weights. */
export function derivedModelsLink(repository: string): string {
  return `https://huggingface.co/models?other=base_model:quantized:${repository}`;
}
