import type { Fit, PlacedDevice, TooLargeVerdict } from "#engine/fit.ts";
import type { Scenario } from "#engine/scenario.ts";
import { formatMemory } from "./format.ts";
import { say } from "#words/say.ts";

/** What a model needs against what there is, as the list draws it. */
export type MemoryUse =
  | { readonly kind: "placed"; readonly devices: readonly DeviceUse[] }
  | {
      readonly kind: "more-cards";
      readonly cardCount: number;
      readonly cardMemoryBytes: number;
      readonly neededBytes: number;
    }
  | {
      readonly kind: "short";
      readonly neededBytes: number;
      readonly shortfallBytes: number;
      readonly availableFraction: number;
    }
  /** What it needs may be known where what there is is not. */
  | { readonly kind: "unknown"; readonly neededBytes: number | null };

export interface DeviceUse {
  readonly key: string;
  readonly name: string;
  readonly isRam: boolean;
  /** False for RAM beside cards that hold every layer: rows are looked up there, nothing is computed. */
  readonly holdsLayers: boolean;
  readonly usedBytes: number;
  readonly capacityBytes: number;
  readonly usedFraction: number;
}

/** What the list draws for one fit. */
export function memoryUse(fit: Fit): MemoryUse {
  const { memory, verdict, placement } = fit;
  if (memory === null) return { kind: "unknown", neededBytes: null };
  if (placement.devices.length > 0) return { kind: "placed", devices: placement.devices.map(deviceUse) };
  if (verdict.kind === "too-large") return shortUse(verdict, memory.totalBytes);
  if (verdict.kind !== "needs-multiple-gpus" || verdict.here) {
    return { kind: "unknown", neededBytes: memory.totalBytes };
  }
  const { cardCount, cardMemoryBytes, leastCardMemoryBytes = cardMemoryBytes } = verdict;
  return {
    kind: "more-cards",
    cardCount,
    cardMemoryBytes: leastCardMemoryBytes,
    neededBytes: memory.totalBytes,
  };
}

/** "f16", or "q8_0 keys, f16 values" where the two differ. */
export function cacheTypeText({ keyCacheType, valueCacheType }: Scenario): string {
  return keyCacheType === valueCacheType
    ? keyCacheType
    : say("{keys} keys, {values} values", { keys: keyCacheType, values: valueCacheType });
}

/** The same in words. Memory of several devices is never added up to one capacity. */
export function memoryUseText(use: MemoryUse): string {
  switch (use.kind) {
    case "placed":
      return placedText(use.devices);
    case "more-cards":
      return `${formatMemory(use.neededBytes)}: ${use.cardCount} × ${formatMemory(use.cardMemoryBytes)}`;
    case "short":
      return say("{needed}: {missing} missing", {
        needed: formatMemory(use.neededBytes),
        missing: formatMemory(use.shortfallBytes),
      });
    case "unknown":
      return use.neededBytes === null
        ? say("unknown")
        : say("{needed}, room unknown", { needed: formatMemory(use.neededBytes) });
  }
}

/** The same where there is little room: what a column beside it says, and RAM that computes nothing, is left out. */
export function shortMemoryUseText(use: MemoryUse): string {
  switch (use.kind) {
    case "placed": {
      const busy = use.devices.filter((device) => !device.isRam || device.holdsLayers);
      const [ram] = busy.filter((device) => device.isRam);
      const cards = busy.filter((device) => !device.isRam);
      if (ram === undefined || cards.length === 0) return placedText(busy);
      return sumText(sumUsedBytes(cards), ram.usedBytes);
    }
    case "more-cards":
      return `${use.cardCount} × ${formatMemory(use.cardMemoryBytes)}`;
    case "short":
      return say("{memory} missing", { memory: formatMemory(use.shortfallBytes) });
    case "unknown":
      return memoryUseText(use);
  }
}

/** "23.2 + 50.2 GiB RAM". */
function sumText(cardBytes: number, ramBytes: number): string {
  const onCards = formatMemory(cardBytes);
  const inRam = formatMemory(ramBytes);
  const unit = onCards.slice(onCards.lastIndexOf(" "));
  return `${inRam.endsWith(unit) ? onCards.slice(0, -unit.length) : onCards} + ${inRam} RAM`;
}

/** "12.3 of 24.0 GiB"; the unit is said twice only where the two differ. */
export function memoryOfText(usedBytes: number, capacityBytes: number): string {
  const used = formatMemory(usedBytes);
  const capacity = formatMemory(capacityBytes);
  const unit = used.slice(used.lastIndexOf(" "));
  return say("{used} of {capacity}", {
    used: capacity.endsWith(unit) ? used.slice(0, -unit.length) : used,
    capacity,
  });
}

function placedText(devices: readonly DeviceUse[]): string {
  const ram = devices.find((device) => device.isRam);
  const cards = devices.filter((device) => !device.isRam);
  if (ram !== undefined && cards.length === 0) return memoryOfText(ram.usedBytes, ram.capacityBytes);
  const beside = ram === undefined ? "" : ` + ${formatMemory(ram.usedBytes)} RAM`;
  return `${cardsText(cards)}${beside}`;
}

function cardsText(cards: readonly DeviceUse[]): string {
  const [first] = cards;
  if (first !== undefined && cards.length === 1) return memoryOfText(first.usedBytes, first.capacityBytes);
  return say("{memory} over {count, plural, one {# card} other {# cards}}", {
    memory: formatMemory(sumUsedBytes(cards)),
    count: cards.length,
  });
}

function sumUsedBytes(devices: readonly DeviceUse[]): number {
  return devices.reduce((sum, device) => sum + device.usedBytes, 0);
}

function deviceUse(device: PlacedDevice, index: number): DeviceUse {
  const { name, usedBytes, capacityBytes } = device;
  return {
    key: `${device.acceleratorId ?? device.name}#${index}`,
    name,
    isRam: device.memoryKind === "system",
    holdsLayers: device.layerCount + device.expertLayerCount > 0,
    usedBytes,
    capacityBytes,
    usedFraction: usedBytes / capacityBytes,
  };
}

function shortUse(verdict: TooLargeVerdict, neededBytes: number): MemoryUse {
  const { shortfallBytes } = verdict;
  const availableFraction = Math.max(0, 1 - shortfallBytes / neededBytes);
  return { kind: "short", neededBytes, shortfallBytes, availableFraction };
}
