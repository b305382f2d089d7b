import { estimateBuild, estimateFits } from "#engine/estimate.ts";
import type { Fit } from "#engine/fit.ts";
import { packingsOf } from "#engine/fit-grid.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Asked } from "#engine/search.ts";
import type { ModelRow } from "./model-rows.ts";

/** The fit of the build that a panel is about: the line's own, unless another was chosen that the runtime loads. */
export function shownFit(
  { model, fit }: ModelRow,
  chosen: QuantizationName | null,
  machine: MachineReport | null,
): Fit | null {
  if (fit === null || machine === null || chosen === null || chosen === fit.quantization) return fit;
  const { scenario } = fit;
  return packingsOf(model, scenario).includes(chosen) ? estimateBuild(model, machine, scenario, chosen) : fit;
}

/** A packing that can be chosen, with what it takes here. */
export interface Build {
  readonly quantization: QuantizationName;
  readonly fit: Fit;
}

/** Where a machine has a build: none of it in RAM beside a card, part of it there, or nowhere. */
export type BuildRoom = "fits" | "in-ram" | "nowhere";

/** Builds one after the other that have the same room, in their order. */
export interface BuildGroup {
  readonly room: BuildRoom;
  readonly builds: readonly Build[];
}

export function groupedByRoom(builds: readonly Build[]): readonly BuildGroup[] {
  return builds.reduce<readonly BuildGroup[]>((groups, build) => {
    const last = groups.at(-1);
    const room = roomOf(build);
    return last?.room === room
      ? [...groups.slice(0, -1), { room, builds: [...last.builds, build] }]
      : [...groups, { room, builds: [build] }];
  }, []);
}

function roomOf({ fit: { placement } }: Build): BuildRoom {
  if (placement.kind === "none") return "nowhere";
  return placement.kind === "expert-offload" || placement.kind === "layer-offload" ? "in-ram" : "fits";
}

/** Packings that this machine holds one way or another, finest first, and those that are shown anyway. */
export function buildsOf(
  { model, machine, scenario }: Asked,
  shown: readonly (QuantizationName | null)[],
): readonly Build[] {
  const names = packingsOf(model, scenario);
  const fits = estimateFits(model, machine, scenario, names);
  return names.flatMap((quantization, index) => {
    const fit = fits[index];
    const isOffered = fit !== undefined && (fit.placement.kind !== "none" || shown.includes(quantization));
    return isOffered ? [{ quantization, fit }] : [];
  });
}
