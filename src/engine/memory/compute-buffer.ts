import type { Architecture, LayerKind } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";
import { mibToBytes } from "#engine/units.ts";
import {
  attentionWidth,
  activeWidth,
  keepsWindow,
  projectionWidth,
  recurrentWidth,
  stuckHiddenStates,
} from "./compute-widths.ts";
import { fullAttentionCells, slidingWindowCells } from "./kv-cache.ts";
import { expandLayers } from "./tensors.ts";

const F32_BYTES = 4;
const F16_BYTES = 2;

/** What llama.cpp reserves for intermediate results of one micro-batch, by where it computes. */
export interface ComputeBuffers {
  /** On the processor alone. */
  readonly cpuBytes: number;
  /** On a GPU that holds layers but not the output matrix. */
  readonly gpuLayerBytes: number;
  /** On the GPU that holds the output matrix: the larger of this and `gpuLayerBytes`. */
  readonly gpuLogitsBytes: number;
  /** On top, on each GPU of a pipeline. */
  readonly pipelineBytes: number;
  /** In RAM beside GPUs: inputs, and the mask before it is copied. */
  readonly hostBytes: number;
  /** In RAM beside a pipeline of GPUs. */
  readonly pipelineHostBytes: number;
}

/**
 * llama.cpp keeps this many copies of a pipeline's inputs (`GGML_SCHED_MAX_COPIES`): 640 MiB on each of four and six
 * GPUs where one alone takes 560, and 72 in RAM instead of 24 (logged, Llama 3 8B at 8,192 without flash attention).
 */
const PIPELINE_COPIES = 4;

/** The buffers of an architecture in a scenario. */
export function computeBuffers(architecture: Architecture, scenario: Scenario): ComputeBuffers {
  const hiddenBytes = architecture.hiddenSize * scenario.microBatchSize * F32_BYTES;
  const fullMaskBytes = maskBytes(fullAttentionCells(scenario), scenario, F32_BYTES);
  const hostBytes = hostSideBytes(architecture, scenario);
  return {
    cpuBytes: cpuBufferBytes(architecture, scenario),
    gpuLayerBytes: largestOf(architecture, (kind) => gpuLayerPhaseBytes(kind, architecture, scenario)),
    gpuLogitsBytes: gpuLogitsPhaseBytes(architecture, scenario),
    pipelineBytes: (PIPELINE_COPIES - 1) * fullMaskBytes + PIPELINE_COPIES * hiddenBytes,
    hostBytes,
    pipelineHostBytes: hostBytes + (PIPELINE_COPIES - 1) * fullMaskBytes,
  };
}

/**
 * The largest of the phases of one micro-batch on the CPU back end, in a current build. The forms were read off the
 * measured rows in `tests/engine/oracle.test.ts`, which also state how far each is off.
 */
function cpuBufferBytes(architecture: Architecture, scenario: Scenario): number {
  const { vocabularySize, hiddenSize } = architecture;
  const stuck = largestOf(architecture, (kind) => stuckBytes(kind, hiddenSize, scenario));
  const logits = (vocabularySize + 2 * hiddenSize) * scenario.microBatchSize * F32_BYTES + stuck;
  const layers = largestOf(architecture, (kind) => cpuLayerPhaseBytes(kind, hiddenSize, scenario));
  return Math.max(logits, layers);
}

/**
 * The allocator never moves a block: the last layer's output may lie above holes too small for the logits. How many
 * hidden states lie there was read off the measured rows; with fused projections (Phi-3) a small mask does, too.
 */
function stuckBytes(kind: LayerKind, hiddenSize: number, scenario: Scenario): number {
  const hiddenBytes = hiddenSize * scenario.microBatchSize * F32_BYTES;
  const isFused = kind.mixer.kind === "attention" && kind.mixer.projections === "fused";
  const mask = isFused
    ? Math.min(hiddenBytes, maskBytes(fullAttentionCells(scenario), scenario, F16_BYTES))
    : 0;
  return stuckHiddenStates(kind, scenario) * hiddenBytes + mask;
}

/** Gate, up and their product (of every expert a token runs through), four hidden states and the mask; or the scores. */
function cpuLayerPhaseBytes(kind: LayerKind, hiddenSize: number, scenario: Scenario): number {
  const mask = maskBytes(fullAttentionCells(scenario), scenario, F16_BYTES);
  const width = 3 * activeWidth(kind.feedForward) + 4 * hiddenSize;
  const feedForward = width * scenario.microBatchSize * F32_BYTES + mask;
  return Math.max(feedForward, scoresBytes(kind, projectionWidth(kind.mixer) + 3 * hiddenSize, scenario));
}

/** Without flash attention: a score for every head, cell and token, the mask in F32, and what is beside them. */
function scoresBytes(kind: LayerKind, widthBeside: number, scenario: Scenario): number {
  const { mixer } = kind;
  if (scenario.flashAttention || (mixer.kind !== "attention" && mixer.kind !== "latent-attention")) return 0;
  const cells = fullAttentionCells(scenario);
  return (mixer.headCount * cells + cells + widthBeside) * scenario.microBatchSize * F32_BYTES;
}

/**
 * On a GPU results are written in place more often: two of the feed-forward widths and three hidden states (164 MiB
 * logged for Mistral 7B at a micro-batch of 1,024), the mask in F32; or the scores (560 MiB logged for Llama 3 8B).
 */
function gpuLayerPhaseBytes(kind: LayerKind, architecture: Architecture, scenario: Scenario): number {
  const { hiddenSize } = architecture;
  const width = Math.max(
    2 * activeWidth(kind.feedForward),
    attentionWidth(kind.mixer),
    recurrentWidth(kind.mixer),
  );
  const mask = maskBytes(fullAttentionCells(scenario), scenario, F32_BYTES);
  const withMask = (width + 3 * hiddenSize) * scenario.microBatchSize * F32_BYTES + mask;
  return Math.max(withMask, scoresBytes(kind, queryWidth(kind) + 3 * hiddenSize, scenario));
}

function queryWidth({ mixer }: LayerKind): number {
  if (mixer.kind === "attention") return mixer.headCount * mixer.keyLength;
  return projectionWidth(mixer);
}

/**
 * Logits and one hidden state, equal to what is logged at short contexts; at long ones the mask may leave a hole:
 * 0 to 78 MiB were logged, of which this takes up to 24. Newest servers reserve logits of fewer tokens: an upper bound.
 */
function gpuLogitsPhaseBytes({ vocabularySize, hiddenSize }: Architecture, scenario: Scenario): number {
  const mask = maskBytes(fullAttentionCells(scenario), scenario, F32_BYTES);
  const hole = Math.min(HOLE_MOST_BYTES, HOLE_FRACTION * mask);
  return (vocabularySize + hiddenSize) * scenario.microBatchSize * F32_BYTES + hole;
}

const HOLE_MOST_BYTES = mibToBytes(24);
const HOLE_FRACTION = 3 / 8;

/** The mask of full attention and one hidden state; with sliding windows their mask and a second one. As logged. */
function hostSideBytes(architecture: Architecture, scenario: Scenario): number {
  const full = maskBytes(fullAttentionCells(scenario), scenario, F32_BYTES);
  const hiddenBytes = architecture.hiddenSize * scenario.microBatchSize * F32_BYTES;
  const windows = distinctKinds(architecture).map(({ mixer }) => keepsWindow(mixer));
  const window = Math.max(0, ...windows);
  if (window === 0) return full + hiddenBytes;
  return full + maskBytes(slidingWindowCells(window, scenario), scenario, F32_BYTES) + 2 * hiddenBytes;
}

/** Which cells each token of the micro-batch may see. */
function maskBytes(cells: number, scenario: Scenario, elementBytes: number): number {
  return cells * scenario.microBatchSize * elementBytes;
}

function largestOf(architecture: Architecture, bytes: (kind: LayerKind) => number): number {
  return Math.max(0, ...distinctKinds(architecture).map(bytes));
}

const kindsByArchitecture = new WeakMap<Architecture, readonly LayerKind[]>();

function distinctKinds(architecture: Architecture): readonly LayerKind[] {
  const known = kindsByArchitecture.get(architecture) ?? [...new Set(expandLayers(architecture))];
  kindsByArchitecture.set(architecture, known);
  return known;
}
