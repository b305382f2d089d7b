import { isKnown, type Fact } from "#engine/fact.ts";
import type { ComputePeaks } from "./speed-device.ts";
import type { PrefillConstants } from "./speed-constants.ts";

/**
 * Operations per second that matrices reach on a device: a share of the matrix units' peak, else of the plain FP32
 * peak; where makers state neither for each variant (Apple), a rate for each core.
 */
export function matrixFlops(peaks: ComputePeaks, constants: PrefillConstants): Fact<number> {
  const { matrixFlops: matrix, vectorFlops, coreCount } = peaks;
  if (constants.flopsPerCore !== null) {
    if (!isKnown(coreCount))
      return { missing: `how many cores its GPU has is not known (${coreCount.missing})` };
    return { value: coreCount.value * constants.flopsPerCore, source: coreCount.source };
  }
  if (isKnown(matrix)) return { value: matrix.value * constants.matrixEfficiency, source: matrix.source };
  if (isKnown(vectorFlops))
    return { value: vectorFlops.value * constants.vectorEfficiency, source: vectorFlops.source };
  return { missing: "its operations per second are not known" };
}
