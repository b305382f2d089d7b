import type { MachineReport } from "#engine/machine.ts";
import { type RightNow, unknownFreeMemory } from "#engine/right-now.ts";
import { formatMemory } from "#shared/format.ts";
import { verdictLabel } from "#shared/verdict-text.ts";

/** Over a list of what runs in the memory that is free now. */
export function rightNowLines(machine: MachineReport): readonly string[] {
  return ["Right now: only memory that no other program holds.", ...new Set(unknownFreeMemory(machine))];
}

/** The verdict for now beside that for an idle machine, and what would have to be freed. */
export function rightNowVerdictLines({ fit, toFree, unknown }: RightNow): readonly string[] {
  const { quantization, verdict } = fit;
  const at = quantization === null ? "" : ` at ${quantization}`;
  const freed = toFree.map(({ deviceName, bytes }) => `${formatMemory(bytes)} on ${deviceName}`);
  return [
    `Right now: ${verdictLabel(verdict)}${at}.`,
    ...(freed.length === 0 ? [] : [`To have what an idle machine has, free ${freed.join(" and ")}.`]),
    // Like cards have like sentences.
    ...new Set(unknown),
  ];
}
