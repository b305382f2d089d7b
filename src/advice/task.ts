import { QUALITY_TASKS, type QualityTask } from "#engine/quality.ts";

/** What a person wants a model for. */
export const TASKS = [
  "general",
  "chat",
  "code",
  "mathematics-reasoning",
  "multilingual",
  "vision",
  "long-documents",
  "tool-use",
] as const;

export type Task = (typeof TASKS)[number];

/** The words people use for the tasks, beside their own names. */
const OTHER_NAMES: Readonly<Record<string, Task>> = {
  text: "general",
  instructions: "chat",
  coding: "code",
  programming: "code",
  maths: "mathematics-reasoning",
  math: "mathematics-reasoning",
  mathematics: "mathematics-reasoning",
  reasoning: "mathematics-reasoning",
  languages: "multilingual",
  translation: "multilingual",
  images: "vision",
  documents: "long-documents",
  long: "long-documents",
  tools: "tool-use",
  agents: "tool-use",
};

/** The task a person means; null where there is none of that name. */
export function findTask(text: string): Task | null {
  const wanted = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "-");
  return TASKS.find((task) => task === wanted) ?? OTHER_NAMES[wanted] ?? null;
}

/**
 * The index that stands for a task. Vision, long documents and the use of tools have no published index of their own:
 * the general one stands in and `isProxy` is said; what the task needs beside it (images, context) is a constraint.
 */
export function qualityTaskOf(task: Task): { readonly task: QualityTask; readonly isProxy: boolean } {
  const own = QUALITY_TASKS.find((each) => each === task);
  return own === undefined ? { task: "general", isProxy: true } : { task: own, isProxy: false };
}
