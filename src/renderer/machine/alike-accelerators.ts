import type { Accelerator } from "#engine/machine.ts";

/** From so many on, accelerators that are alike are shown as one card with a bar each. */
const FEWEST_TO_GROUP = 3;

/** Accelerators of one name, memory and driver, in the order of their firsts; of few each is its own. */
export function alikeAccelerators(accelerators: readonly Accelerator[]): readonly (readonly Accelerator[])[] {
  const groups = new Map<string, Accelerator[]>();
  for (const accelerator of accelerators) {
    const { name, vendor, memoryKind, memoryTotalBytes, driverVersion, source } = accelerator;
    const key = JSON.stringify([name, vendor, memoryKind, memoryTotalBytes, driverVersion, source]);
    groups.set(key, [...(groups.get(key) ?? []), accelerator]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length < FEWEST_TO_GROUP ? group.map((one) => [one]) : [group],
  );
}
