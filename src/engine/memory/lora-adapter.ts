import type { Fact } from "#engine/fact.ts";
import type { Architecture } from "#engine/model.ts";
import { expandLayers, layerTensors, type Tensor } from "./tensors.ts";

/** `convert_lora_to_gguf.py` writes F32 unless asked otherwise; other runtimes hold adapters in the model's 16 bits. */
const GGUF_ELEMENT_BYTES = 4;
const ELEMENT_BYTES = 2;

/**
 * Two matrices of the adapter for each matrix W of a layer, input × rank and rank × output (LoRA, section 4.1): rank ×
 * (input + output) elements. Counted for every matrix but norms, routers and routed experts, the usual "all linear".
 */
export function loraBytes(
  architecture: Architecture,
  rank: number,
  engine: "llama.cpp" | "other",
): Fact<number> {
  const kinds = expandLayers(architecture);
  if (kinds.some(({ mixer }) => mixer.kind === "latent-attention")) {
    return { missing: "Which matrices of latent attention an adapter changes is not known." };
  }
  const elementCount = kinds
    .flatMap((kind) => layerTensors(kind, architecture.hiddenSize))
    .filter(isAdapted)
    .reduce((sum, { rowLength, elementCount: count }) => sum + rank * (rowLength + count / rowLength), 0);
  const elementBytes = engine === "llama.cpp" ? GGUF_ELEMENT_BYTES : ELEMENT_BYTES;
  return { value: elementCount * elementBytes, source: "LoRA (Hu and others, 2021), section 4.1" };
}

function isAdapted({ role, isRoutedExpert }: Tensor): boolean {
  return role !== "small" && role !== "router" && !isRoutedExpert;
}
