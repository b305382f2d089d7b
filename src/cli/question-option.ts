import { questionParts } from "#shared/question-text.ts";
import { type CommandLine, type OptionName, type Options, takesOption } from "./arguments.ts";
import { UsageError } from "./usage-error.ts";

/** Parts that are options of the same name and value. */
const SAME_PARTS = [
  "context",
  "kv-type-k",
  "kv-type-v",
  "parallel",
  "lowest-quantization",
  "ubatch",
  "runtime",
  "backend",
  "split",
  "task",
  "priority",
  "licence",
  "search",
] as const satisfies readonly OptionName[];

/** Parts that say how the window shows its answer, and what it compares; an answer in the terminal has its own form. */
const WINDOW_PARTS = /^(?:compare\d|opened|verdicts|sort|columns|grouped)$/;

/** A command line's options with those of its question, and the names of the latter. */
export interface WithQuestion {
  readonly options: Options;
  readonly fromQuestion: readonly string[];
}

/**
 * What `--question` holds, as options; those beside it win, and each command takes those that it has. Throws a UsageError
 * that names a part which nobody understands, or without which the answer would be another than the window's.
 */
export function withQuestion({ command, options }: Pick<CommandLine, "command" | "options">): WithQuestion {
  const { question, ...typed } = options;
  if (question === undefined) return { options, fromQuestion: [] };
  const read = questionParts(question);
  if (read.kind === "failed") throw new UsageError(`--question: ${read.message}.`.replace(/\.\.$/, "."));
  const asked = Object.assign({}, ...read.parts.map(([name, text]) => optionOf(name, text))) as Options; // of its own names
  if (asked["right-now"] === true && !takesOption(command, "right-now"))
    throw new UsageError(`"${command}" cannot answer a question about memory that is free right now.`);
  const isHeld = (name: OptionName): boolean =>
    takesOption(command, name) &&
    options[name] === undefined &&
    !(name.startsWith("kv-type-") && options["kv-type"] !== undefined);
  const held = Object.entries(asked).filter(([name]) => isHeld(name as OptionName)); // keys of Options
  return {
    options: { ...(Object.fromEntries(held) as Options), ...typed }, // the same without some
    fromQuestion: held.map(([name]) => name),
  };
}

/** One part as an option; none of one that is the window's own. */
function optionOf(name: string, text: string): Options {
  const same = SAME_PARTS.find((part) => part === name);
  if (same !== undefined) return { [same]: text };
  if (WINDOW_PARTS.test(name)) return {};
  if (name === "flash-attention") return { "flash-attention": isTrue(name, text) ? "on" : "off" };
  if (name === "right-now") return isTrue(name, text) ? { "right-now": true } : {};
  if (name === "languages") return { language: text.split(" ").filter(Boolean) };
  throw new UsageError(`--question has a part that is not understood: ${name}=${text}.`);
}

function isTrue(name: string, text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new UsageError(`--question: ${name} is true or false; "${text}" is neither.`);
}

/** A complaint about an option that nobody typed names the question it is from. */
export function namingQuestion(error: unknown, fromQuestion: readonly string[]): unknown {
  if (!(error instanceof UsageError)) return error;
  const [, name, rest] = /^--([a-z-]+)( .*)$/s.exec(error.message) ?? [];
  return name !== undefined && fromQuestion.includes(name)
    ? new UsageError(`--question: ${name}${rest ?? ""}`)
    : error;
}
