import { type CommandLine, type CommandName, type Options, parseCommandLine } from "./arguments.ts";
import { add } from "./commands/add.ts";
import { calibrate } from "./commands/calibrate.ts";
import { inspectCatalog } from "./commands/catalog.ts";
import { compareSubjects } from "./commands/compare.ts";
import { detect } from "./commands/detect.ts";
import { estimate } from "./commands/estimate.ts";
import { explainChoice } from "./commands/explain.ts";
import { listHardware } from "./commands/hardware.ts";
import { list } from "./commands/list.ts";
import { showModel } from "./commands/model.ts";
import { listModels } from "./commands/models.ts";
import { next } from "./commands/next.ts";
import { optimise } from "./commands/optimise.ts";
import { plan } from "./commands/plan.ts";
import { recommendModel } from "./commands/recommend.ts";
import { report } from "./commands/report.ts";
import { runtimes } from "./commands/runtimes.ts";
import type { Surroundings } from "./surroundings.ts";
import { namingQuestion, withQuestion } from "./question-option.ts";
import { AnswerError, UsageError } from "./usage-error.ts";
import { HELP } from "./help.ts";

const ANSWERED = 0;
const NO_ANSWER = 1;
const WRONG_USAGE = 2;

/** Runs one command line and answers the exit code: 0 answered, 1 could not answer, 2 wrong usage. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    await runCommandLine(parseCommandLine(words), surroundings);
    return ANSWERED;
  } catch (error) {
    return explain(error, words.includes("--debug"), surroundings);
  }
}

const COMMANDS: Record<CommandName, (line: CommandLine, surroundings: Surroundings) => Promise<void>> = {
  list: (line, surroundings) => list(withoutOperands(line), surroundings),
  detect: (line, surroundings) => detect(withoutOperands(line), surroundings),
  estimate: ({ operands, options }, surroundings) => estimate(operands, options, surroundings),
  recommend: (line, surroundings) => recommendModel(withoutOperands(line), surroundings),
  explain: ({ operands, options }, surroundings) => explainChoice(operands, options, surroundings),
  compare: ({ operands, options }, surroundings) => compareSubjects(operands, options, surroundings),
  optimise: ({ operands, options }, surroundings) => optimise(operands, options, surroundings),
  next: ({ operands, options }, surroundings) => next(operands, options, surroundings),
  report: ({ operands, options }, surroundings) => report(operands, options, surroundings),
  plan: ({ operands, options }, surroundings) => plan(operands, options, surroundings),
  runtimes: ({ operands, options }, surroundings) => runtimes(operands, options, surroundings),
  calibrate: ({ operands, options }, surroundings) => calibrate(operands, options, surroundings),
  models: (line, surroundings) => listModels(withoutOperands(line), surroundings),
  model: ({ operands, options }, surroundings) => showModel(operands, options, surroundings),
  hardware: (line, surroundings) => listHardware(withoutOperands(line), surroundings),
  add: ({ operands, options }, surroundings) => add(operands, options, surroundings),
  catalog: ({ operands, options }, surroundings) => inspectCatalog(operands, options, surroundings),
};

async function runCommandLine(line: CommandLine, surroundings: Surroundings): Promise<void> {
  if (line.options.help === true) surroundings.print(HELP);
  else if (line.options.version === true) surroundings.print(surroundings.version);
  else await answer(line, surroundings);
}

/** A question that the window copied stands for the options that are in it. */
async function answer(line: CommandLine, surroundings: Surroundings): Promise<void> {
  const { options, fromQuestion } = withQuestion(line);
  try {
    await COMMANDS[line.command]({ ...line, options }, surroundings);
  } catch (error) {
    throw namingQuestion(error, fromQuestion);
  }
}

function withoutOperands({ command, options, operands }: CommandLine): Options {
  if (operands.length > 0) throw new UsageError(`${command} takes no "${operands.join(" ")}".`);
  return options;
}

function explain(error: unknown, isDebugging: boolean, { complain }: Surroundings): number {
  if (error instanceof UsageError) {
    complain(`fitment: ${error.message}`);
    complain("fitment --help says what it takes.");
    return WRONG_USAGE;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof AnswerError) complain(`fitment: ${message}`);
  else complain(`fitment: something went wrong inside: ${message} (--debug says where)`);
  if (isDebugging && error instanceof Error && error.stack !== undefined) complain(error.stack);
  return NO_ANSWER;
}
