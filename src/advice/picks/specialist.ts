import type { Model } from "#engine/model.ts";
import type { Task } from "#advice/task.ts";

/** What the catalog calls models made for one task. */
const WORDS: Partial<Record<Task, string>> = {
  code: "code",
  "mathematics-reasoning": "math",
  multilingual: "multilingual",
  vision: "vision",
};

/** True for a model whose first purpose is the task, and for no other of them. */
export function isSpecialist({ tasks }: Model, task: Task): boolean {
  const word = WORDS[task];
  const isReasoner = task === "mathematics-reasoning" && tasks[0] === "reasoning" && !tasks.includes("chat");
  return word !== undefined && (tasks[0] === word || isReasoner);
}
