import { parseArgs } from "node:util";
import { didYouMean } from "./did-you-mean.ts";
import { UsageError } from "./usage-error.ts";

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean" } as const;

const OPTIONS = {
  json: FLAG,
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  debug: FLAG,
  gpu: { type: "string", multiple: true },
  "no-gpu": FLAG,
  ram: TEXT,
  cpu: TEXT,
  cores: TEXT,
  "ram-bandwidth": TEXT,
  free: { type: "string", multiple: true },
  machine: TEXT,
  context: TEXT,
  prompt: TEXT,
  model: TEXT,
  decode: TEXT,
  prefill: TEXT,
  remove: FLAG,
  "kv-type": TEXT,
  "kv-type-k": TEXT,
  "kv-type-v": TEXT,
  parallel: TEXT,
  "lowest-quantization": TEXT,
  ubatch: TEXT,
  "flash-attention": TEXT,
  runtime: TEXT,
  backend: TEXT,
  split: TEXT,
  projector: FLAG,
  mtp: FLAG,
  draft: TEXT,
  lora: TEXT,
  question: TEXT,
  "right-now": FLAG,
  explain: FLAG,
  "for-card": TEXT,
  quantization: TEXT,
  batch: TEXT,
  search: TEXT,
  sort: TEXT,
  family: TEXT,
  licence: TEXT,
  installed: FLAG,
  from: TEXT,
  undo: FLAG,
  verbose: FLAG,
  hf: TEXT,
  file: TEXT,
  capture: TEXT,
  replay: TEXT,
  measure: FLAG,
  task: TEXT,
  priority: TEXT,
  target: TEXT,
  language: { type: "string", multiple: true },
  "min-speed": TEXT,
  "min-quality": TEXT,
  "max-parameters": TEXT,
  "max-download": TEXT,
  "instead-of": TEXT,
  complaint: TEXT,
  on: { type: "string", multiple: true },
  for: TEXT,
  format: TEXT,
  output: TEXT,
  diff: TEXT,
} as const;

export type OptionName = keyof typeof OPTIONS;

/** Every option as given; absent where it was not. */
export type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; strict: true }>>["values"];

const GENERAL: readonly OptionName[] = ["json", "help", "version", "debug"];
const MACHINE: readonly OptionName[] = [
  "gpu",
  "no-gpu",
  "ram",
  "cpu",
  "cores",
  "ram-bandwidth",
  "free",
  "machine",
];
const SCENARIO: readonly OptionName[] = [
  "question",
  "context",
  "kv-type",
  "kv-type-k",
  "kv-type-v",
  "parallel",
  "lowest-quantization",
  "ubatch",
  "flash-attention",
  "runtime",
  "backend",
  "split",
  "projector",
  "mtp",
  "draft",
  "lora",
];

/** What a choice of model is asked with. */
const ADVICE: readonly OptionName[] = [
  "task",
  "priority",
  "target",
  "language",
  "licence",
  "min-speed",
  "min-quality",
  "max-parameters",
  "max-download",
];

/** The commands, and what each takes beside the general options. */
const COMMAND_OPTIONS = {
  list: [...MACHINE, ...SCENARIO, "prompt", "right-now", "search"],
  detect: ["capture", "replay", "measure"],
  estimate: [...MACHINE, ...SCENARIO, "prompt", "quantization", "batch", "right-now", "explain"],
  recommend: [...MACHINE, ...SCENARIO, ...ADVICE, "right-now", "instead-of", "complaint", "quantization"],
  explain: [...MACHINE, ...SCENARIO, ...ADVICE, "right-now"],
  compare: [...MACHINE, ...SCENARIO, "task", "priority", "on"],
  optimise: [...MACHINE, ...SCENARIO, "quantization", "task"],
  next: [...MACHINE, ...SCENARIO, "quantization", "task", "for"],
  report: [...MACHINE, ...SCENARIO, ...ADVICE, "format", "output", "diff"],
  plan: [...MACHINE, ...SCENARIO, "quantization", "for-card"],
  runtimes: [...MACHINE, ...SCENARIO.filter((name) => name !== "runtime"), "quantization"],
  calibrate: [
    "model",
    "quantization",
    "backend",
    "runtime",
    "context",
    "prompt",
    "decode",
    "prefill",
    "remove",
  ],
  models: ["search", "family", "licence", "installed", "task", "sort"],
  model: [],
  hardware: ["search"],
  add: ["hf", "file"],
  catalog: ["from", "undo", "verbose"],
} as const satisfies Record<string, readonly OptionName[]>;

export type CommandName = keyof typeof COMMAND_OPTIONS;

const COMMANDS = Object.keys(COMMAND_OPTIONS) as readonly CommandName[]; // keys of the literal above

/** A command line, taken apart. */
export interface CommandLine {
  readonly command: CommandName;
  readonly options: Options;
  /** What is neither the command nor an option. */
  readonly operands: readonly string[];
}

/** Takes a command line apart. Without a command it is `list`. Throws a UsageError that names what is wrong. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const [first] = words;
  const isNamed = first !== undefined && !first.startsWith("-");
  const command = isNamed ? commandNamed(first) : "list";
  const { values, positionals } = parseWords(command, isNamed ? words.slice(1) : words);
  refuseForeignOptions(command, values);
  return { command, options: values, operands: positionals };
}

function commandNamed(word: string): CommandName {
  const found = COMMANDS.find((name) => name === word);
  if (found !== undefined) return found;
  const names = COMMANDS.join(", ");
  throw new UsageError(`There is no command "${word}".${didYouMean(word, COMMANDS)} Commands: ${names}.`);
}

function parseWords(
  command: CommandName,
  words: readonly string[],
): { readonly values: Options; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(complaint(error, command));
  }
}

/** Node's own words for a wrong option end in advice for programmers; only their first sentence is kept. */
function complaint(error: unknown, command: CommandName): string {
  if (!(error instanceof TypeError) || !("code" in error)) throw error;
  const unknownOption = /^Unknown option '(--?[^']*)'/.exec(error.message)?.[1];
  if (unknownOption !== undefined) return foreignOption(command, unknownOption);
  const [first = error.message] = error.message.split(/\.\s|\n/);
  return `${first.replace(/\.+$/, "")}.`;
}

function refuseForeignOptions(command: CommandName, options: Options): void {
  const taken = namesTaken(command);
  const foreign = (Object.keys(options) as OptionName[]).find((name) => !taken.includes(name)); // keys of OPTIONS
  if (foreign !== undefined) throw new UsageError(foreignOption(command, `--${foreign}`));
}

function foreignOption(command: CommandName, option: string): string {
  const names = namesTaken(command).map((name) => `--${name}`);
  return `"${command}" has no option ${option}.${didYouMean(option, names)}`;
}

/** True where a command has that option. */
export function takesOption(command: CommandName, name: OptionName): boolean {
  return namesTaken(command).includes(name);
}

function namesTaken(command: CommandName): readonly OptionName[] {
  return [...COMMAND_OPTIONS[command], ...GENERAL];
}
