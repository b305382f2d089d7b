import { VENDOR_BACKENDS, type Backend } from "#engine/backend.ts";
import { isKnown } from "#engine/fact.ts";
import { acceleratorConstants } from "./accelerator-constants.ts";
import { runsOn } from "./backend.ts";
import { deviceWorks, type DeviceWork } from "./device-share.ts";
import type { SpeedQuestion } from "./question.ts";
import { modelWork } from "./layer-work.ts";
import {
  missing,
  type Resolved,
  type ResolvedAccelerator,
  type ResolvedDevice,
  type ResolvedRam,
  type Unresolved,
} from "./resolved.ts";
import { resolveRuntime } from "./resolve-runtime.ts";
import type { SpeedConstants } from "./speed-constants.ts";
import type { SpeedAccelerator, SpeedRam } from "./speed-device.ts";

/** Brings the facts of all devices together, or names the first that is missing. */
export function resolve(question: SpeedQuestion, constants: SpeedConstants): Resolved | Unresolved {
  const { placement } = question;
  if (placement.kind === "none") return missing("the model is not placed anywhere");
  const work = modelWork(question.architecture, question.packing, question, question);
  if (work === null) return missing("no rate of an encoder-decoder model was measured");
  const works = deviceWorks(work, placement, question.sequenceCount);
  const devices: ResolvedDevice[] = [];
  for (const [index, facts] of question.devices.entries()) {
    const own = works[index];
    if (own === undefined) throw new Error("there are more devices than the placement has");
    if (facts.kind === "ram" && isIdle(own)) continue;
    const device =
      facts.kind === "ram"
        ? resolveRam(facts, own, constants)
        : resolveAccelerator(facts, own, { backend: question.backend, constants });
    if (device.kind === "missing") return device;
    devices.push(device);
  }
  const runtime = resolveRuntime(question.runtimeId, devices, constants);
  return runtime.kind === "missing" ? runtime : { kind: "known", devices, runtime };
}

/** RAM that holds only tables and buffers: its speed does not matter. */
function isIdle({ denseBytes, expertLayerCount }: DeviceWork): boolean {
  return denseBytes === 0 && expertLayerCount === 0;
}

function resolveAccelerator(
  facts: SpeedAccelerator,
  work: DeviceWork,
  { backend, constants }: { readonly backend: Backend | null; readonly constants: SpeedConstants },
): ResolvedAccelerator | Unresolved {
  const { name, vendor, bandwidthBytesPerSecond } = facts;
  const wanted = backend ?? VENDOR_BACKENDS[vendor];
  if (wanted === "cpu") return missing(`the placement is on ${name}, and the back end is the processor`);
  if (!runsOn(wanted, vendor)) return missing(`${wanted} does not run on ${name}`);
  if (!isKnown(bandwidthBytesPerSecond))
    return missing(`the memory bandwidth of ${name} is not known (${bandwidthBytesPerSecond.missing})`);
  const found = acceleratorConstants(facts, wanted, constants);
  if (found === null) return missing(`no rate under ${wanted} was measured`);
  return {
    kind: "accelerator",
    ...found,
    work,
    facts,
    backend: wanted,
    bandwidthBytesPerSecond: bandwidthBytesPerSecond.value,
  };
}

/**
 * RAM whose peak is not known: a model reads it about as fast as it was copied here, so that the peak is that over the
 * share of it that models reach. Not copied either, it is taken to be a PC's two channels where a PC could hold as much.
 */
function resolveRam(
  { bandwidthBytesPerSecond, totalBytes, copyBytesPerSecond }: SpeedRam,
  work: DeviceWork,
  { processor }: SpeedConstants,
): ResolvedRam | Unresolved {
  if (isKnown(bandwidthBytesPerSecond)) {
    return {
      kind: "ram",
      work,
      bandwidthBytesPerSecond: bandwidthBytesPerSecond.value,
      isAssumed: false,
      isCopied: false,
    };
  }
  if (copyBytesPerSecond !== undefined) {
    const peak = copyBytesPerSecond / processor.bandwidthEfficiency;
    return { kind: "ram", work, bandwidthBytesPerSecond: peak, isAssumed: true, isCopied: true };
  }
  if (totalBytes === null || totalBytes > processor.assumedRamUpToBytes) {
    return missing(`${bandwidthBytesPerSecond.missing}, and it is more than a PC's two channels hold`);
  }
  return {
    kind: "ram",
    work,
    bandwidthBytesPerSecond: processor.assumedRamBytesPerSecond,
    isAssumed: true,
    isCopied: false,
  };
}
