import { commandLines, SHELLS, type Command } from "#advice/next/command.ts";
import { nextSteps, type NextSteps } from "#advice/next/next-steps.ts";
import { PURPOSES, type Purpose } from "#advice/next/question.ts";
import type { NextStep } from "#advice/next/step.ts";
import { taskOf } from "#cli/advice-options.ts";
import { scenarioAnswer } from "#cli/answers.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel, onlyModel } from "#cli/find-model.ts";
import { machineRequest, requestedMachine } from "#cli/machine-options.ts";
import { failedProbeLines } from "#cli/output/machine-lines.ts";
import { nextLines } from "#cli/output/next-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { scenarioOf } from "#cli/scenario-options.ts";
import { quantization } from "#cli/quantization-option.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog } from "#cli/usable-catalog.ts";
import { UsageError } from "#cli/usage-error.ts";
import type { Fit } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";

/** `fitment next`: what to do with a chosen model, in commands that carry the verdict's own numbers. */
export async function next(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const request = machineRequest(options);
  const purpose = purposeOf(options.for);
  const named =
    options.quantization === undefined ? null : quantization("--quantization", options.quantization);
  const task = options.task === undefined ? null : taskOf(options);
  const { models, cards, runtimes, problems } = await usableCatalog(surroundings);
  const scenario = scenarioOf(options, { runtimes, models });
  const model = findModel(onlyModel("next", operands), models, problems);
  const machine = await requestedMachine(request, cards, surroundings);
  const answer = nextSteps({
    ...{ model, machine, scenario, cards, runtimes, purpose, task },
    quantization: named,
  });
  const { print, complain, isColourful, columns } = surroundings;
  for (const line of failedProbeLines(machine)) complain(line);
  if (options.json === true) {
    print(JSON.stringify(nextAnswer(model, purpose, answer), null, 2));
    return;
  }
  const shell = machine.os.platform === "win32" ? "powershell" : "sh";
  const screen = { style: terminalStyle(isColourful), width: columns, shell } as const;
  print(nextLines(model, answer, screen).join("\n"));
}

function purposeOf(text: string | undefined): Purpose {
  if (text === undefined) return "development";
  const found = PURPOSES.find((purpose) => purpose === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`--for takes development or production; "${text}" is neither.`);
}

/** `next --json`; commands as words, and as text for each shell. */
function nextAnswer(model: Model, purpose: Purpose, answer: NextSteps): object {
  const others = answer.others.map(({ runtime, reason }) => ({ runtime: runtime.id, reason }));
  const head = { schemaVersion: 1, model: model.id, purpose, kind: answer.kind };
  if (answer.kind === "here") {
    const { runtime, fit, library, steps } = answer;
    return {
      ...{ ...head, runtime: runtime.id, ...fitAnswer(fit) },
      library: library === null ? null : stepAnswer(library),
      ...{ steps: steps.map(stepAnswer), others },
    };
  }
  if (answer.kind === "unknown") return { ...head, missing: answer.missing, others };
  const several = answer.several.map(({ machineCount, runtimeId, fit, steps }) => ({
    machineCount,
    runtime: runtimeId,
    ...fitAnswer(fit),
    steps: steps.map(stepAnswer),
  }));
  return { ...head, several, others };
}

function fitAnswer({ scenario, quantization: name, verdict, placement }: Fit): object {
  return { scenario: scenarioAnswer(scenario), quantization: name, verdict, placement };
}

function stepAnswer({ commands, otherwise, ...step }: NextStep): object {
  return {
    ...step,
    commands: commands.map(commandAnswer),
    otherwise: otherwise === null ? null : stepAnswer(otherwise),
  };
}

function commandAnswer(command: Command): object {
  const text = Object.fromEntries(SHELLS.map((shell) => [shell, commandLines(command, shell).join("\n")]));
  return { ...command, ...text };
}
