import { VENDOR_BACKENDS, type Backend } from "#engine/backend.ts";
import type { Fit, PlacedDevice } from "#engine/fit.ts";
import type { Accelerator, MachineReport } from "#engine/machine.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { Architecture } from "#engine/model.ts";

/** An accelerator that holds part of a model. */
export interface PlacedCard {
  readonly device: PlacedDevice;
  readonly accelerator: Accelerator;
  /** Among the machine's accelerators of its maker, from 0, as drivers count them by PCI address. */
  readonly index: number;
  readonly backend: Backend;
}

/** The accelerators of a placement, in the order in which they take layers. */
export function placedCards({ placement, scenario }: Fit, machine: MachineReport): readonly PlacedCard[] {
  return placement.devices.flatMap((device) => {
    const accelerator = machine.accelerators.find(({ id }) => id === device.acceleratorId);
    if (accelerator === undefined) return [];
    const kin = machine.accelerators.filter(({ vendor }) => vendor === accelerator.vendor);
    const backend = scenario.backend ?? VENDOR_BACKENDS[accelerator.vendor];
    return [{ device, accelerator, index: kin.indexOf(accelerator), backend }];
  });
}

/** True where a program would take just these by itself: they are all there are, in their own order. */
export function areAllCards(cards: readonly PlacedCard[], machine: MachineReport): boolean {
  return (
    cards.length === machine.accelerators.length &&
    cards.every(({ accelerator }, index) => machine.accelerators[index]?.id === accelerator.id)
  );
}

/** The part of a model that is in RAM, the first layers always. */
export interface LayersInRam {
  readonly layerCount: number;
  /** Of the whole model. */
  readonly totalLayerCount: number;
  /** Layers from the first whose experts are there, layers without experts counted, too, as llama.cpp does. */
  readonly expertLayerCount: number;
}

/** How many layers a placement leaves in RAM. */
export function layersInRam(architecture: Architecture, { placement }: Fit): LayersInRam {
  const kinds = expandLayers(architecture);
  const ram = placement.devices.find(({ memoryKind }) => memoryKind === "system");
  const isWhole = placement.kind === "layer-offload" || placement.kind === "cpu";
  return {
    layerCount: isWhole ? (ram?.layerCount ?? 0) : 0,
    totalLayerCount: kinds.length,
    expertLayerCount:
      placement.kind === "expert-offload" ? upToExpertLayer(kinds, ram?.expertLayerCount ?? 0) : 0,
  };
}

/** The engine counts layers that have experts; llama.cpp's flag counts all layers up to the last of those. */
function upToExpertLayer(kinds: ReturnType<typeof expandLayers>, expertLayerCount: number): number {
  const withExperts = kinds.flatMap(({ feedForward }, index) =>
    feedForward.kind === "experts" ? [index] : [],
  );
  return (withExperts[expertLayerCount - 1] ?? 0) + 1;
}

/** Makes a program see just these accelerators, in this order, each maker in its own words. */
export function visibleCards(cards: readonly PlacedCard[]): Readonly<Record<string, string>> {
  const list = cards.map(({ index }) => index).join(",");
  switch (cards[0]?.accelerator.vendor) {
    case "nvidia":
      return { CUDA_DEVICE_ORDER: "PCI_BUS_ID", CUDA_VISIBLE_DEVICES: list };
    case "amd":
      return { HIP_VISIBLE_DEVICES: list };
    case "intel":
      return { ZE_AFFINITY_MASK: list };
    case "apple":
    case "other":
    case undefined:
      return {};
  }
}

/** How many times as many like cards this machine has: so many placements could stand side by side. */
export function sharesOf(cards: readonly PlacedCard[], machine: MachineReport): number {
  const names = new Set(cards.map(({ accelerator }) => accelerator.name));
  const [name] = names;
  if (names.size !== 1 || name === undefined) return 1;
  const like = machine.accelerators.filter((accelerator) => accelerator.name === name);
  return Math.floor(like.length / cards.length);
}
