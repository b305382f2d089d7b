import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { finestPacking } from "#engine/prepare.ts";
import { packingFamily, QUANTIZATION_LADDER, type QuantizationName } from "#engine/quantization.ts";

/** A packing of a model in a repository that is known to be published. */
export interface Artefact {
  readonly quantization: QuantizationName;
  /** `owner/name` on Hugging Face. */
  readonly repository: string;
  /** False where the repository has GGUF files and nobody says at which packings. */
  readonly isPackingKnown: boolean;
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
export function weightsSource(model: Model, quantization: QuantizationName, canMake: CanMake): WeightsSource {
  const artefact = publishedArtefact(model, quantization);
  if (artefact !== null) return { kind: "published", artefact };
  if (isOwnFile(model, quantization)) return { kind: "own-file" };
  const { huggingFaceId: repository } = model;
  if (repository === null) return { kind: "unverified", repository };
  if (canMake(quantization)) return { kind: "made", repository };
  return isRelease(model, quantization)
    ? { kind: "release", repository }
    : { kind: "unverified", repository };
}

/** True where such a packing is known to be there to be had: in a repository, from its makers, or as an own file. */
export function isPublished(model: Model, quantization: QuantizationName): boolean {
  const { published, huggingFaceId } = model;
  const isRepository = published?.some(({ quantizations }) => quantizations.includes(quantization)) ?? false;
  const isMakers = huggingFaceId !== null && isRelease(model, quantization);
  return isRepository || isMakers || isOwnFile(model, quantization);
}

/** A repository known to hold the packing, else one of GGUF files that may: their publishers offer the usual ones. */
function publishedArtefact({ published }: Model, quantization: QuantizationName): Artefact | null {
  const exact = published?.find(({ quantizations }) => quantizations.includes(quantization));
  const isUsual = QUANTIZATION_LADDER.some((name) => name === quantization);
  const files = isUsual ? published?.find(({ quantizations }) => quantizations.length === 0) : undefined;
  const found = exact ?? files;
  if (found === undefined) return null;
  const { repository, source } = found;
  return { quantization, repository, isPackingKnown: exact !== undefined, source };
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

/** As Hugging Face calls the programs that it filters models by. */
export type HubApp = "llama.cpp" | "ollama" | "lmstudio";

/**
 * Hugging Face's own list of what others made of these weights, where told only of what a program loads. Both forms are
 * those of the "Model tree" on a model's page (that of Qwen/Qwen3.8-27B, read 2026-11).
 */
export function derivedModelsLink(repository: string, app: HubApp | null = null): string {
  const only = app === null ? "" : `apps=${app}&`;
  return `https://huggingface.co/models?${only}other=base_model:quantized:${repository}`;
}
