import { isKnown, type Fact } from "#engine/fact.ts";
import type { SpeedQuestion } from "./question.ts";
import { secondsRange, type Range } from "./interval.ts";
import { matrixFlops } from "./matrix-flops.ts";
import { prefillParts, type PrefillDevice } from "./prefill-parts.ts";
import { missing, type Resolved, type ResolvedAccelerator, type Unresolved } from "./resolved.ts";
import type { SpeedConstants } from "./speed-constants.ts";
import { doubtOf } from "./token-times.ts";

/** Seconds of a whole prompt, or what is missing for it. */
export function promptSeconds(
  question: SpeedQuestion,
  resolved: Resolved,
  constants: SpeedConstants,
): { readonly kind: "known"; readonly seconds: Range } | Unresolved {
  if (resolved.runtime.kind === "factor") {
    return missing(`prompts under ${resolved.runtime.constants.runtime} were not measured`);
  }
  const devices: PrefillDevice[] = [];
  for (const device of resolved.devices) {
    const prepared =
      device.kind === "ram"
        ? ({ kind: "ram", work: device.work } as const)
        : prefillDevice(device, constants);
    if (prepared.kind === "missing") return prepared;
    devices.push(prepared);
  }
  const { placement, promptLength, microBatchSize, coreCount } = question;
  const job = { placementKind: placement.kind, devices, promptLength, microBatchSize, coreCount };
  const parts = prefillParts(job, constants);
  if (parts === null) return missing("how many cores the processor has is not known");
  return { kind: "known", seconds: secondsRange(parts, constants.spreads, doubtOf(resolved)) };
}

function prefillDevice(
  device: ResolvedAccelerator,
  { links }: SpeedConstants,
): Extract<PrefillDevice, { kind: "accelerator" }> | Unresolved {
  const { facts, work, backend, bandwidthBytesPerSecond, constants } = device;
  const flops = matrixFlops(facts, constants.prefill);
  if (!isKnown(flops)) return missing(`of ${facts.name}, ${flops.missing}`);
  return {
    kind: "accelerator",
    work,
    backend,
    constants: constants.prefill,
    facts: { bandwidthBytesPerSecond, matrixFlops: flops.value },
    linkBytesPerSecond: valueOr(facts.linkBytesPerSecond, links.assumedLinkBytesPerSecond),
  };
}

function valueOr(fact: Fact<number>, assumed: number): number {
  return isKnown(fact) ? fact.value : assumed;
}
