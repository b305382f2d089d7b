import { isKnown } from "#engine/fact.ts";
import { decodeParts, type DecodeDevice } from "./decode-parts.ts";
import type { SpeedQuestion } from "./question.ts";
import { secondsRange, type Doubt, type Range } from "./interval.ts";
import { matrixFlops } from "./matrix-flops.ts";
import { expertType, usesCodebook } from "./packing.ts";
import { mapRange } from "./range.ts";
import { missing, type Resolved, type ResolvedDevice, type Unresolved } from "./resolved.ts";
import type { SpeedConstants } from "./speed-constants.ts";

/** Seconds of one token of each sequence, or what is missing for several sequences. */
export function tokenSeconds(
  question: SpeedQuestion,
  resolved: Resolved,
  constants: SpeedConstants,
): { readonly kind: "known"; readonly seconds: Range } | Unresolved {
  const devices: DecodeDevice[] = [];
  for (const device of resolved.devices) {
    const computing = furtherSequencesSeconds(device, question, constants);
    if (computing === null) {
      return missing("the operations per second of a device are not known, and several sequences need them");
    }
    devices.push({ ...decodeDevice(device), computeSeconds: computing });
  }
  const { placement, packing, coreCount } = question;
  const isInRam = resolved.devices.some(({ kind }) => kind === "ram");
  if (isInRam && coreCount === null && usesCodebook(packing)) {
    return missing(
      "how many cores the processor has is not known, and they look each weight of such a type up",
    );
  }
  const job = {
    placementKind: placement.kind,
    devices,
    experts: expertType(packing),
    usesCodebook: usesCodebook(packing),
    coreCount,
  };
  const range = secondsRange(decodeParts(job, constants), constants.spreads, doubtOf(resolved));
  return { kind: "known", seconds: underRuntime(range, resolved) };
}

/** What makes the interval wider. */
export function doubtOf({ devices }: Resolved): Doubt {
  return {
    isGenerationUnknown: devices.some((device) => device.kind === "accelerator" && !device.isGenerationKnown),
    isRamAssumed: devices.some((device) => device.kind === "ram" && device.isAssumed),
  };
}

/**
 * No token takes less than reading what it needs once, at the peak bandwidth. RAM whose speed is an assumption is
 * taken at the upper end of what it may be.
 */
export function leastSeconds(
  { devices }: Resolved,
  question: SpeedQuestion,
  constants: SpeedConstants,
): number {
  const assumed = constants.spreads.find(({ part }) => part === "assumed-ram");
  const times = devices.map((device) => {
    const { work, bandwidthBytesPerSecond } = device;
    const seconds = (work.denseBytes + work.expertBytes + work.cacheBytes) / bandwidthBytesPerSecond;
    const isAssumed = device.kind === "ram" && device.isAssumed;
    return isAssumed && assumed !== undefined ? seconds * assumed.fast : seconds;
  });
  if (question.placement.kind === "tensor-parallel") return Math.max(...times);
  return times.reduce((sum, seconds) => sum + seconds, 0);
}

/** Another runtime is a factor on llama.cpp's rate, with a spread of its own on top. */
function underRuntime(range: Range, { runtime }: Resolved): Range {
  if (runtime.kind === "llama.cpp") return range;
  const { decodeFactor, fast, slow } = runtime.constants;
  const scaled = mapRange(range, (seconds) => seconds / decodeFactor);
  return { low: scaled.low * fast, mid: scaled.mid, high: scaled.high * slow };
}

function decodeDevice(device: ResolvedDevice): DecodeDevice {
  const { work, bandwidthBytesPerSecond } = device;
  if (device.kind === "ram") return { kind: "ram", work, bandwidthBytesPerSecond, computeSeconds: 0 };
  const { backend, constants } = device;
  return {
    kind: "accelerator",
    work,
    bandwidthBytesPerSecond,
    backend,
    constants: constants.decode,
    computeSeconds: 0,
  };
}

/**
 * A second sequence reads the same weights but multiplies anew, at the rate of a prompt. No rows are of several
 * sequences; this is arithmetic alone.
 */
function furtherSequencesSeconds(
  device: ResolvedDevice,
  { sequenceCount, coreCount }: SpeedQuestion,
  { processor }: SpeedConstants,
): number | null {
  if (sequenceCount === 1) return 0;
  const { denseOperations, expertOperations, outputOperations } = device.work;
  const operations = (sequenceCount - 1) * (denseOperations + expertOperations + outputOperations);
  if (device.kind === "ram") {
    return coreCount === null ? null : operations / (processor.prefillFlopsPerCore * coreCount);
  }
  const flops = matrixFlops(device.facts, device.constants.prefill);
  return isKnown(flops) ? operations / flops.value : null;
}
