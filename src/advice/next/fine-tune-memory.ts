import { BACKEND_OVERHEAD_BYTES } from "#engine/backend.ts";
import { activeWidth } from "#engine/memory/compute-widths.ts";
import { expandLayers, layerTensors, type Tensor } from "#engine/memory/tensors.ts";
import { weightsBytes, weightsOf } from "#engine/memory/weights.ts";
import type { Architecture, LayerKind } from "#engine/model.ts";

/** LoRA trains small matrices beside frozen weights of 16 bits; QLoRA beside weights packed to 4 bits (NF4). */
export type FineTuneMethod = "lora" | "qlora";

/** What a run takes, beside the method. */
export interface FineTuneSettings {
  readonly rank: number;
  /** Tokens of an example; one example at a time. */
  readonly sequenceLength: number;
}

/** Rank 16 is what the LoRA and QLoRA papers find enough; 2,048 tokens hold an instruction and its answer. Our choice. */
export const DEFAULT_FINE_TUNE: FineTuneSettings = { rank: 16, sequenceLength: 2048 };

/** What it takes on one card, by part. */
export interface FineTuneMemory {
  readonly weightsBytes: number;
  readonly adapterBytes: number;
  readonly activationBytes: number;
  readonly logitsBytes: number;
  readonly overheadBytes: number;
  readonly totalBytes: number;
}

/**
 * An adapter's number, its gradient and the two moments of AdamW, all in 32 bits (PEFT: `autocast_adapter_dtype`;
 * PyTorch: AdamW). QLoRA's paged 8-bit optimizer takes less.
 */
const BYTES_PER_ADAPTER_PARAMETER = 16;
const HALF_BYTES = 2;
/** A logit in 16 bits, in 32 bits for the loss, and its gradient in 32 bits. */
const BYTES_PER_LOGIT = 10;

/**
 * What fine-tuning takes, one example at a time with gradient checkpointing. Frozen weights have neither gradients nor
 * moments (Hu et al. 2021, LoRA; Dettmers et al. 2023, QLoRA); of each layer its input is kept (2 bytes × tokens × hidden
 * size, Korthikanti et al. 2022, section 5) and one layer is computed again with its gradients.
 */
export function fineTuneMemory(
  architecture: Architecture,
  method: FineTuneMethod,
  { rank, sequenceLength }: FineTuneSettings = DEFAULT_FINE_TUNE,
): FineTuneMemory {
  const kinds = expandLayers(architecture);
  const { hiddenSize, vocabularySize } = architecture;
  const packing = method === "qlora" ? "NF4" : "BF16";
  const kept = kinds.length * hiddenSize * HALF_BYTES;
  const again = Math.max(0, ...kinds.map((kind) => layerWidth(kind, hiddenSize))) * 2 * HALF_BYTES;
  const parts = {
    weightsBytes: weightsBytes(weightsOf(architecture, packing)),
    adapterBytes: adapterParameterCount(architecture, rank) * BYTES_PER_ADAPTER_PARAMETER,
    activationBytes: sequenceLength * (kept + again),
    logitsBytes: sequenceLength * vocabularySize * BYTES_PER_LOGIT,
    overheadBytes: BACKEND_OVERHEAD_BYTES.cuda,
  };
  return { ...parts, totalBytes: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}

/** Two matrices of the rank for every matrix that each token runs through; routed experts and tables are left alone. */
export function adapterParameterCount(architecture: Architecture, rank: number): number {
  return expandLayers(architecture)
    .flatMap((kind) => layerTensors(kind, architecture.hiddenSize))
    .filter(isAdapted)
    .reduce((sum, { rowLength, elementCount }) => sum + rank * (rowLength + elementCount / rowLength), 0);
}

function isAdapted({ role, isRoutedExpert, elementCount, rowLength }: Tensor): boolean {
  return !isRoutedExpert && role !== "router" && role !== "small" && elementCount > 0 && rowLength > 0;
}

/** Numbers kept of one layer for a token while its gradients are computed: eight hidden states, and gate, up, product. */
function layerWidth({ feedForward }: LayerKind, hiddenSize: number): number {
  return 8 * hiddenSize + 3 * activeWidth(feedForward);
}
