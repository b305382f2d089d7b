import { compare, FEWEST_SUBJECTS, MOST_SUBJECTS } from "#advice/compare.ts";
import type { Subject } from "#advice/comparison/subject.ts";
import { overrideMachine } from "#engine/machine-override.ts";
import type { MachineReport } from "#engine/machine.ts";
import { compareAnswer } from "#cli/advice-answers.ts";
import { adviceSession, type AdviceSession } from "#cli/advice-session.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel } from "#cli/find-model.ts";
import { compareLines } from "#cli/output/compare-lines.ts";
import { questionLines } from "#cli/output/recommend-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { quantization } from "#cli/quantization-option.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { UsageError } from "#cli/usage-error.ts";

/** `fitment compare A B …`: two to six models, packings (`A@Q8_0`) or machines (`--on "RTX 4090"`) side by side. */
export async function compareSubjects(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const count = operands.length * Math.max(1, options.on?.length ?? 0);
  if (count < FEWEST_SUBJECTS || count > MOST_SUBJECTS) {
    throw new UsageError(
      `compare takes ${FEWEST_SUBJECTS} to ${MOST_SUBJECTS} of them: fitment compare llama-3-8b@Q8_0 mistral-7b`,
    );
  }
  const session = await adviceSession(options, surroundings);
  const machines = machinesOf(options.on ?? [], session);
  const subjects = operands.flatMap((text) => machines.map((place) => subjectOf(text, place, session)));
  const comparison = compare(subjects, session.question, session.data);
  const { print, isColourful, columns } = surroundings;
  if (options.json === true) {
    print(JSON.stringify(compareAnswer(comparison), null, 2));
    return;
  }
  const screen = { style: terminalStyle(isColourful), width: columns };
  const lines = [...questionLines(session.question, screen), "", ...compareLines(comparison, screen)];
  print(lines.join("\n"));
}

/** Where a subject would run. */
export interface Place {
  /** Empty for the one machine that is asked about anyway. */
  readonly label: string;
  readonly machine: MachineReport;
}

/** The machine asked about, or one for each accelerator that was named instead. */
function machinesOf(names: readonly string[], { question, catalog }: AdviceSession): readonly Place[] {
  if (names.length === 0) return [{ label: "", machine: question.machine }];
  return names.map((name) => {
    const overridden = overrideMachine(question.machine, { gpus: [name], ram: null }, catalog.cards);
    if (overridden.kind === "failed") throw new UsageError(`--on: ${overridden.message}`);
    return { label: name, machine: overridden.machine };
  });
}

/** A model as it is named on the command line, with its packing where one is: `llama-3-8b@Q8_0`. */
export function subjectOf(text: string, { label, machine }: Place, { catalog }: AdviceSession): Subject {
  const [name = "", packing] = text.split("@");
  const model = findModel(name, catalog.models, catalog.problems);
  const named = packing === undefined ? null : quantization(text, packing);
  const words = [model.id, ...(named === null ? [] : [named])].join(" ");
  return { label: label === "" ? words : `${words}, ${label}`, model, quantization: named, machine };
}
