import type { Command } from "./command.ts";

/** One thing to do after a choice, in the order in which a person does them. */
export interface NextStep {
  readonly kind: StepKind;
  readonly title: string;
  /** Sentences: what to know before, and what the step takes for granted. */
  readonly notes: readonly string[];
  /** To be written before the commands are run, beside one another. */
  readonly files: readonly TextFile[];
  readonly commands: readonly Command[];
  /** What has no flag and is set in a program's own window. */
  readonly settings: readonly Setting[];
  readonly links: readonly string[];
  /** What to do where this comes to nothing; null where nothing else is known. */
  readonly otherwise: NextStep | null;
}

export type StepKind =
  "obtain" | "start" | "check" | "monitor" | "scale" | "evaluate" | "fine-tune" | "several-machines";

export interface TextFile {
  readonly name: string;
  readonly content: string;
}

export interface Setting {
  readonly label: string;
  readonly value: string;
}

/** The steps with what else to do after each. */
export function withOtherwise(steps: readonly NextStep[]): readonly NextStep[] {
  return steps.flatMap((each) => (each.otherwise === null ? [each] : [each, each.otherwise]));
}

/** A step of what is given; the rest is empty. */
export function step(
  kind: StepKind,
  title: string,
  parts: Partial<Omit<NextStep, "kind" | "title">> = {},
): NextStep {
  return {
    kind,
    title,
    notes: [],
    files: [],
    commands: [],
    settings: [],
    links: [],
    otherwise: null,
    ...parts,
  };
}
