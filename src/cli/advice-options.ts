import {
  NO_LIMITS,
  PRIORITIES,
  type AdviceData,
  type AdviceQuestion,
  type Limits,
} from "#advice/question.ts";
import { forTarget, TARGETS, type Target } from "#advice/target.ts";
import { findTask, TASKS, type Task } from "#advice/task.ts";
import type { Catalog } from "#engine/catalog.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Quality } from "#engine/quality.ts";
import type { Options } from "./arguments.ts";
import { didYouMean } from "./did-you-mean.ts";
import { scenarioOf } from "./scenario-options.ts";
import { UsageError } from "./usage-error.ts";

/** The task, and what it needs of context where nobody says. */
export function taskOf({ task }: Options): Task {
  if (task === undefined) return "general";
  const found = findTask(task);
  if (found !== null) return found;
  throw new UsageError(
    `--task does not know "${task}".${didYouMean(task, TASKS)} Tasks: ${TASKS.join(", ")}.`,
  );
}

/** A document of fifty pages, about 500 words each. Our choice. */
const LONG_DOCUMENT_CONTEXT = "32768";

/** The question a command line asks of a machine. Throws a UsageError that names the option. */
export function adviceQuestion(
  options: Options,
  machine: MachineReport,
  catalog: Pick<Catalog, "runtimes" | "models">,
  languages: readonly string[],
): AdviceQuestion {
  const task = taskOf(options);
  const context = options.context ?? (task === "long-documents" ? LONG_DOCUMENT_CONTEXT : undefined);
  const asked = context === undefined ? options : { ...options, context };
  const question: AdviceQuestion = {
    machine,
    scenario: scenarioOf(asked, catalog),
    task,
    qualityWeight: qualityWeight(options.priority),
    limits: limitsOf(options, languages),
  };
  return forTarget(question, targetOf(options.target));
}

/** Everything advice is drawn from. */
export function adviceData({ models, cards, runtimes, speed }: Catalog, quality: Quality): AdviceData {
  return { models, cards, runtimes, speed, quality, calibration: null };
}

/** "quality", "balanced", "speed", or a number between. */
function qualityWeight(text: string | undefined): number {
  if (text === undefined) return PRIORITIES.balanced;
  const word = text.trim().toLowerCase();
  if (word === "quality" || word === "balanced" || word === "speed") return PRIORITIES[word];
  const weight = Number(word);
  if (word !== "" && weight >= 0 && weight <= 1) return weight;
  throw new UsageError(
    `--priority takes quality, balanced, speed, or a number from 0 (speed) to 1 (quality); "${text}" is none.`,
  );
}

function targetOf(text: string | undefined): Target {
  if (text === undefined) return "this-computer";
  const found = TARGETS.find((target) => target === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`--target takes one of ${TARGETS.join(", ")}; "${text}" is none.`);
}

function limitsOf(options: Options, known: readonly string[]): Limits {
  return {
    ...NO_LIMITS,
    lowestTokensPerSecond: positive("--min-speed", options["min-speed"], SPEED),
    lowestQualityIndex: positive("--min-quality", options["min-quality"], SPEED),
    mostParameterCount: positive("--max-parameters", options["max-parameters"], PARAMETERS),
    mostDownloadBytes: positive("--max-download", options["max-download"], DOWNLOAD),
    licenceUse: licenceUse(options.licence),
    languages: (options.language ?? []).map((text) => languageOf(text, known)),
  };
}

interface Measure {
  readonly pattern: RegExp;
  readonly factor: number;
  readonly example: string;
}

const SPEED: Measure = { pattern: /^(\d+(?:\.\d+)?)$/, factor: 1, example: "20" };
const PARAMETERS: Measure = { pattern: /^(\d+(?:\.\d+)?)\s?B$/i, factor: 1e9, example: "14B" };
const DOWNLOAD: Measure = { pattern: /^(\d+(?:\.\d+)?)\s?GB$/i, factor: 1e9, example: "20GB" };

function positive(
  option: string,
  text: string | undefined,
  { pattern, factor, example }: Measure,
): number | null {
  if (text === undefined) return null;
  const number = pattern.exec(text.trim())?.[1];
  if (number !== undefined && Number(number) > 0) return Number(number) * factor;
  throw new UsageError(`${option} takes a number such as ${example}; "${text}" is none.`);
}

function licenceUse(text: string | undefined): Limits["licenceUse"] {
  if (text === undefined || text === "any") return "any";
  if (text === "commercial") return "commercial";
  throw new UsageError(`--licence takes commercial or any; "${text}" is neither.`);
}

/** A language that nobody scored is taken as it is: then there is no evidence, which is said. */
function languageOf(text: string, known: readonly string[]): string {
  const wanted = text.trim().toLowerCase();
  if (/^[a-z][a-z -]*$/.test(wanted)) return wanted;
  throw new UsageError(
    `--language takes an English name such as ${known[0] ?? "french"}; "${text}" is none.`,
  );
}

/** Languages that any model was scored in. */
export function scoredLanguages({ tasks }: Quality): readonly string[] {
  return [...new Set(tasks.flatMap(({ languages }) => Object.keys(languages)))].sort();
}
