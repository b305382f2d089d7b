import type { Verdict, VerdictKind } from "#engine/fit.ts";

/** What the list is grouped by: the verdict's kind, with "multiple GPUs" told apart by whether they are here. */
export type VerdictGroup =
  Exclude<VerdictKind, "needs-multiple-gpus"> | "multiple-gpus-here" | "multiple-gpus-elsewhere";

/** Best first, as the list and the terminal sort. */
export const VERDICT_GROUPS = [
  "fits",
  "needs-quantization",
  "multiple-gpus-here",
  "runs-with-offload",
  "multiple-gpus-elsewhere",
  "too-large",
  "unknown",
] as const satisfies readonly VerdictGroup[];

const GROUP_LABELS: Record<VerdictGroup, string> = {
  fits: "fits",
  "needs-quantization": "needs quantization",
  "multiple-gpus-here": "needs multiple GPUs, here",
  "runs-with-offload": "runs with offload",
  "multiple-gpus-elsewhere": "needs multiple GPUs, not here",
  "too-large": "too large",
  unknown: "unknown",
};

const RUNS_HERE: readonly VerdictGroup[] = [
  "fits",
  "needs-quantization",
  "multiple-gpus-here",
  "runs-with-offload",
];

/** The group a verdict belongs to. */
export function verdictGroup(verdict: Verdict): VerdictGroup {
  if (verdict.kind !== "needs-multiple-gpus") return verdict.kind;
  return verdict.here ? "multiple-gpus-here" : "multiple-gpus-elsewhere";
}

/** True where this machine runs the model one way or another. */
export function runsHere(group: VerdictGroup): boolean {
  return RUNS_HERE.includes(group);
}

/** The words on a group's chip. */
export function groupLabel(group: VerdictGroup): string {
  return GROUP_LABELS[group];
}
