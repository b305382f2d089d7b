import type { Architecture, LayerKind } from "#engine/model.ts";
import type { Runtime } from "#engine/runtime.ts";
import type { ComputeBuffers } from "./compute-buffer.ts";
import { activeWidth, projectionWidth, recurrentWidth } from "./compute-widths.ts";

const HALF_BYTES = 2;
const FLOAT_BYTES = 4;

/** Sequences whose next tokens are sampled together when a runtime measures its own peak. */
const SAMPLED_SEQUENCES = 64;

/**
 * The peak of intermediate results of a runtime without llama.cpp's fixed buffers: of each token of a batch the
 * layer's widest results and six hidden states in 16 bits, and logits in F32, twice, of the sequences sampled. vLLM
 * logs 0.17 to 0.57 GiB at 2,048 tokens; what its starts leave over after weights and cache is 0.4 to 0.95 GiB.
 */
export function activationBytes(architecture: Architecture, { batchedTokenCount, engine }: Runtime): number {
  const { hiddenSize, vocabularySize } = architecture;
  const widths = Object.values(architecture.layerKinds).map(layerWidth);
  const perTokenBytes = (Math.max(0, ...widths) + 6 * hiddenSize) * HALF_BYTES;
  const sampled = engine === "paged" ? SAMPLED_SEQUENCES : 1;
  return batchedTokenCount * perTokenBytes + sampled * vocabularySize * 2 * FLOAT_BYTES;
}

/** The same as buffers of one place; nothing is kept in RAM beside a card. */
export function activationBuffers(architecture: Architecture, runtime: Runtime): ComputeBuffers {
  const bytes = activationBytes(architecture, runtime);
  return {
    cpuBytes: bytes,
    gpuLayerBytes: bytes,
    gpuLogitsBytes: bytes,
    pipelineBytes: 0,
    hostBytes: 0,
    pipelineHostBytes: 0,
  };
}

function layerWidth({ mixer, feedForward }: LayerKind): number {
  return Math.max(2 * activeWidth(feedForward), projectionWidth(mixer), recurrentWidth(mixer));
}
