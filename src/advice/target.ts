import type { AdviceQuestion } from "./question.ts";

/** What the model shall run on in the end. */
export const TARGETS = ["this-computer", "workstation", "server", "edge", "cpu-only"] as const;

export type Target = (typeof TARGETS)[number];

/** Several people at once; a server for one person is a workstation. Our choice. */
const SERVER_SEQUENCE_COUNT = 8;

/** Small boards have 8 GiB at the most that is shared with all else: 4 B parameters at 4 bits are 2.5 GB. Our choice. */
const EDGE_PARAMETER_COUNT = 4e9;

/** The question as it stands for that target; what a person said beyond the default is kept. */
export function forTarget(question: AdviceQuestion, target: Target): AdviceQuestion {
  const { machine, scenario, limits } = question;
  switch (target) {
    case "this-computer":
    case "workstation":
      return question;
    case "cpu-only":
      return { ...question, machine: { ...machine, accelerators: [] } };
    case "edge":
      return {
        ...question,
        limits: { ...limits, mostParameterCount: limits.mostParameterCount ?? EDGE_PARAMETER_COUNT },
      };
    case "server":
      return { ...question, scenario: scenario.parallelSequenceCount > 1 ? scenario : served(scenario) };
  }
}

/** Where all sequences share one pool of cells, it must hold all their contexts. */
function served(scenario: AdviceQuestion["scenario"]): AdviceQuestion["scenario"] {
  const isPooled = scenario.runtime?.cache.sequences !== "each";
  return {
    ...scenario,
    parallelSequenceCount: SERVER_SEQUENCE_COUNT,
    contextLength: scenario.contextLength * (isPooled ? SERVER_SEQUENCE_COUNT : 1),
  };
}
