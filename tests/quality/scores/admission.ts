import type { ScoreRow } from "./score-row.ts";

/** Runs of something else than the model alone at its own precision. */
const OTHER_RUNS = /quantised|community-quant|Q[2-6]_\w+ GGUF|w\/ tools|with tools|with search/;

/** Models that think before they answer, where a board left no room to. */
const THINKS =
  /R1-Distill|DeepSeek-R1|QwQ|-Thinking|reasoning|EXAONE-Deep|OpenThinker|Sky-T1|Bespoke-Stratos|marco-o1|DeepScaleR|Light-R1|AceReason/i;

/** False for scores that measure something else than the model: tools, a packed file, a board's answer format. */
export function isAdmitted({ model, benchmark, source, variant, unit }: ScoreRow): boolean {
  if (unit === "ECI points" || unit.startsWith("rank")) return false;
  if (OTHER_RUNS.test(variant) || variant.startsWith("no style-control")) return false;
  if (benchmark === "LiveBench Overall" && source.includes("new-livebench")) return false; // the mean of the others
  return !(source.includes("llm-leaderboard-csv") && THINKS.test(model));
}
