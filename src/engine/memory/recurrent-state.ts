import type { LayerKind } from "#engine/model.ts";

/** llama.cpp keeps both the recurrent matrix and the convolution's tail in F32 (`llama-memory-recurrent.cpp`). */
const STATE_ELEMENT_BYTES = 4;

/** Bytes of one layer's state: independent of context, once for each sequence. */
export function layerStateBytes(kind: LayerKind, sequenceCount: number): number {
  if (kind.mixer.kind !== "recurrent") return 0;
  const elementCount = kind.mixer.stateElementCount + kind.mixer.convolutionElementCount;
  return elementCount * STATE_ELEMENT_BYTES * sequenceCount;
}
