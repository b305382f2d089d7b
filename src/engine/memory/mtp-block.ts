import { isKnown, type Fact } from "#engine/fact.ts";
import type { Architecture, Model } from "#engine/model.ts";
import { expandLayers } from "./tensors.ts";

const MENTION = /multi-token-prediction|\bMTP\b/;
const DENIAL = /no MTP/;

/** Whether the catalog knows a multi-token-prediction block of a model: it says so in notes, or beside a count. */
export function hasMtpBlock({ name, notes, parameterCount }: Model): Fact<true> {
  const beside = isKnown(parameterCount) ? [parameterCount.source] : [];
  const found = [...notes, ...beside].find((text) => MENTION.test(text.replace(DENIAL, "")));
  return found === undefined
    ? { missing: `No multi-token-prediction block of ${name} is known.` }
    : { value: true, source: found };
}

/**
 * The block as an architecture of one layer: one more layer like the last, the matrix that joins an embedding and a
 * hidden state, and three norms; table and output matrix are the model's (DeepSeek-V3 report, section 2.2; tensors
 * `nextn.eh_proj`, `enorm`, `hnorm` and `shared_head_norm` of GGUF files). For Qwen3-Next it is 1,650,471,424
 * parameters, which is exactly what the published count holds beside the decoder.
 */
export function mtpBlock(architecture: Architecture): Architecture {
  const last = expandLayers(architecture).at(-1);
  if (last === undefined) throw new Error("an architecture has at least one layer");
  const { hiddenSize } = architecture;
  const kind = {
    ...last,
    smallParameterCount: last.smallParameterCount + 3 * hiddenSize,
    otherMatrices: [...last.otherMatrices, [2 * hiddenSize, hiddenSize] as const],
  };
  return {
    ...architecture,
    layerKinds: { block: kind },
    layerOrder: [{ repeat: 1, of: ["block"] }],
    perLayerEmbedding: null,
    encoder: null,
    exactWeights: null,
  };
}
