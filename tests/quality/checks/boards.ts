import { QUALITY_TASKS, type QualityTask } from "#engine/quality.ts";
import { at, groupBy, realAt, sum } from "../sampler/arrays.ts";
import type { Fit } from "../sampler/fit.ts";
import type { Observation } from "../scores/observations.ts";
import type { ScoreRow } from "../scores/score-row.ts";
import { statedMode } from "../scores/thinking-mode.ts";

/** A public leaderboard: which rows are its own, and which of our indices order the same thing. */
export interface Board {
  readonly name: string;
  readonly isRow: (row: ScoreRow) => boolean;
  /** Rows a model needs to have a place: boards that average several benchmarks rank only whole sets. */
  readonly rowsPerModel: number;
  readonly tasks: readonly QualityTask[];
}

const isFrom = (part: string) => (row: ScoreRow) => row.source.includes(part);

/** Boards that no shipped index rests on, whatever their licence. */
export const OUTSIDE_BOARDS: readonly Board[] = [
  {
    name: "Epoch Capabilities Index",
    isRow: ({ benchmark }) => benchmark === "ECI",
    rowsPerModel: 1,
    tasks: ["general", "mathematics-reasoning"],
  },
  arena("LMArena, overall", "overall", ["general", "chat"]),
  arena("LMArena, coding", "coding", ["code"]),
  arena("LMArena, mathematics", "math", ["mathematics-reasoning"]),
  arena("LMArena, other than English", "non-english", ["multilingual"]),
  {
    name: "Open LLM Leaderboard v1, mean of six",
    isRow: isFrom("csv/huggingface.csv"),
    rowsPerModel: 6,
    tasks: ["general", "mathematics-reasoning"],
  },
  {
    name: "Open LLM Leaderboard v2, mean of six",
    isRow: isFrom("csv/huggingface_v2.csv"),
    rowsPerModel: 6,
    tasks: ["general"],
  },
];

/** A board that ships, to be left out of a fit of its own: every row of it, and what makers copied from it. */
export const LIVEBENCH: Board = {
  name: "LiveBench of June 2024, overall",
  isRow: ({ benchmark, source }) => benchmark === "LiveBench Overall" && source.includes("2024_06_24"),
  rowsPerModel: 1,
  tasks: ["general", "chat", "code", "mathematics-reasoning"],
};

function arena(name: string, category: string, tasks: readonly QualityTask[]): Board {
  const isRow = ({ benchmark, variant }: ScoreRow) =>
    benchmark === `Arena Elo ${category}` && variant.startsWith("style-control");
  return { name, isRow, rowsPerModel: 1, tasks };
}

/** A board's mean score and ours, for each model it shares with us; ours needs scores in every task it averages. */
export function sharedModels(
  board: Board,
  rows: readonly ScoreRow[],
  { fit, observations }: { readonly fit: Fit; readonly observations: readonly Observation[] },
): readonly (readonly [number, number])[] {
  const scored = new Set(observations.map(({ subject, task }) => `${subject} ${task}`));
  const isOurs = (subject: string) => board.tasks.every((task) => scored.has(`${subject} ${task}`));
  const byModel = groupBy(rows.filter(board.isRow), ({ model, variant }) => namesOf(model, variant));
  return [...byModel].flatMap(([names, scores]): (readonly [number, number])[] => {
    const subject = names.split(" ").find(isOurs);
    if (subject === undefined || scores.length < board.rowsPerModel) return [];
    return [[mean(scores.map(({ score }) => score)), abilityOf(subject, board.tasks, fit)]];
  });
}

/** Under which names a board's model may stand with us, the likeliest first. */
function namesOf(model: string, variant: string): string {
  const mode = statedMode(variant);
  const stated = mode === null ? [] : [`${model}#${mode}`];
  return [...stated, model, `${model}#thinking`, `${model}#non-thinking`].join(" ");
}

function abilityOf(subject: string, tasks: readonly QualityTask[], { problem, abilities }: Fit): number {
  const number = problem.subjects.find(subject);
  if (number === null) throw new Error(`${subject} was not fitted`);
  return mean(tasks.map((task) => realAt(at(abilities, number).mean, QUALITY_TASKS.indexOf(task))));
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
