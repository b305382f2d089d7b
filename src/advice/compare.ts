import type { Row } from "./comparison/cell.ts";
import { rowsOf } from "./comparison/rows.ts";
import { compared, type Compared, type Subject } from "./comparison/subject.ts";
import type { AdviceData, AdviceQuestion } from "./question.ts";

export const FEWEST_SUBJECTS = 2;
export const MOST_SUBJECTS = 6;

/** Subjects side by side: models, packings of one model, or machines. */
export interface Comparison {
  readonly subjects: readonly Compared[];
  readonly rows: readonly Row[];
}

/** Two to six subjects, row by row; each on its own machine, all in the question's scenario. */
export function compare(
  subjects: readonly Subject[],
  question: Omit<AdviceQuestion, "machine">,
  data: AdviceData,
): Comparison {
  const { length } = subjects;
  if (length < FEWEST_SUBJECTS || length > MOST_SUBJECTS)
    throw new Error(`${length} subjects cannot be compared`);
  const all = subjects.map((subject) => compared(subject, { ...question, machine: subject.machine }, data));
  return { subjects: all, rows: rowsOf(all, data) };
}
