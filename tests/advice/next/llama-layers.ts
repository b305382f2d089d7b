/** Which device each layer goes to, the output as the last: -1 is the processor. */
export interface LayerAssignment {
  readonly layers: readonly number[];
  readonly output: number;
}

/**
 * llama.cpp's own rule (`llama-model.cpp`, load_tensors): the last `gpuLayerCount` of the layers and the output are on
 * devices; proportions are summed up and divided by their sum, and a layer goes to the first device whose sum lies above
 * its own share. Written anew here, with single precision as there.
 */
export function assignLayers(
  layerCount: number,
  gpuLayerCount: number,
  proportions: readonly number[],
): LayerAssignment {
  const start = Math.max(layerCount + 1 - gpuLayerCount, 0);
  const active = Math.min(gpuLayerCount, layerCount + 1);
  const sums = proportions.map((_, index) =>
    Math.fround(proportions.slice(0, index + 1).reduce((a, b) => a + b, 0)),
  );
  const total = sums.at(-1) ?? 1;
  const bounds = sums.map((sum) => Math.fround(sum / total));
  const deviceOf = (index: number): number => {
    if (index < start || active === 0) return -1;
    const share = Math.fround((index - start) / active);
    return bounds.findIndex((bound) => bound > share);
  };
  return {
    layers: Array.from({ length: layerCount }, (_, index) => deviceOf(index)),
    output: deviceOf(layerCount),
  };
}
