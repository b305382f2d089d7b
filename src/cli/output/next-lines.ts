import { commandLines, type Shell } from "#advice/next/command.ts";
import type { NextSteps } from "#advice/next/next-steps.ts";
import type { NextStep, TextFile } from "#advice/next/step.ts";
import type { Model } from "#engine/model.ts";
import { exactHeading, libraryHeading } from "#shared/next-text.ts";
import { buildDetail } from "#shared/build-text.ts";
import { verdictDetail } from "#shared/verdict-text.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import { wrapText } from "./paragraph.ts";
import type { Style } from "./style.ts";

/** Where it is shown, and what is typed there. */
export interface NextScreen {
  readonly style: Style;
  readonly width: number | null;
  readonly shell: Shell;
}

const INDENT = 2;
const COMMAND_INDENT = 4;

/** What to do, step by step, with commands for the shell of the machine. */
export function nextLines(model: Model, next: NextSteps, screen: NextScreen): readonly string[] {
  const { style, width } = screen;
  const head = style("bold", `${model.name} (${model.id})`);
  const others = othersLines(next, screen);
  if (next.kind === "here") {
    const { runtime, fit, steps } = next;
    const detail = next.isPackingNamed ? buildDetail(fit) : verdictDetail(fit);
    return [
      head,
      ...next.refusals.flatMap((refusal) => wrapText(refusal, { width, indent: 0 })),
      ...wrapText(`With ${runtime.name}, ${fit.quantization ?? ""}: ${detail}`, {
        width,
        indent: 0,
      }),
      ...wrapText(scenarioText(fit.scenario), { width, indent: 0 }),
      ...fit.caveats.flatMap((caveat) => wrapText(caveat, { width, indent: 0 })),
      ...libraryLines(next, screen),
      ...steps.flatMap((step, index) => stepLines(step, index + 1, screen)),
      ...others,
      "",
      `What would make it better here: fitment optimise ${model.id}`,
    ];
  }
  if (next.kind === "unknown") {
    return [head, ...wrapText(`Unknown. ${next.missing}`, { width, indent: 0 })];
  }
  if (next.several.length === 0) {
    return [head, "One machine like this does not hold it, nor do eight.", ...others];
  }
  return [
    head,
    "One machine like this does not hold it. Several do:",
    ...next.several.flatMap(({ steps }) =>
      steps.flatMap((step, index) => stepLines(step, index + 1, screen)),
    ),
    ...others,
  ];
}

/** The way that needs no file, and the heading of the one that does. */
function libraryLines(
  { library, fit }: Extract<NextSteps, { kind: "here" }>,
  screen: NextScreen,
): readonly string[] {
  if (library === null) return [];
  const heading = (text: string): readonly string[] => ["", screen.style("bold", text)];
  return [
    ...heading(libraryHeading()),
    ...stepLines(library, 1, screen),
    ...heading(exactHeading(fit.quantization ?? "")),
  ];
}

function othersLines({ others }: NextSteps, { style, width }: NextScreen): readonly string[] {
  if (others.length === 0) return [];
  return [
    "",
    style("bold", "Other runtimes"),
    ...others.flatMap(({ runtime, reason }) =>
      wrapText(`${runtime.name}: ${reason}`, { width, indent: INDENT }),
    ),
  ];
}

/** `number`: null for what is done instead of the step before it. */
function stepLines(step: NextStep, number: number | null, screen: NextScreen): readonly string[] {
  const { title, notes, settings, files, commands, links, otherwise } = step;
  const { style, width, shell } = screen;
  const heading = number === null ? title : `${number}. ${title}`;
  const [first = "", ...rest] = wrapText(heading, { width, indent: number === null ? INDENT : 0 });
  return [
    "",
    style("bold", first),
    ...rest.map((line) => style("bold", `   ${line}`)),
    ...notes.flatMap((note) => wrapText(note, { width, indent: INDENT })),
    ...settings.map(({ label, value }) => `${" ".repeat(INDENT)}${label}: ${value}`),
    ...files.flatMap((file) => fileLines(file, style)),
    ...(commands.length === 0 ? [] : [""]),
    ...commands.flatMap((command) =>
      commandLines(command, shell).map((line) => style("cyan", `${" ".repeat(COMMAND_INDENT)}${line}`)),
    ),
    ...links.map((link) => style("dim", `${" ".repeat(INDENT)}${link}`)),
    ...(otherwise === null ? [] : stepLines(otherwise, null, screen)),
  ];
}

/** Not wrapped: a file is taken as it stands. */
function fileLines({ name, content }: TextFile, style: Style): readonly string[] {
  const lines = content.replace(/\n$/, "").split("\n");
  return [
    `${" ".repeat(INDENT)}Write to ${name}:`,
    ...lines.map((line) => style("cyan", `${" ".repeat(COMMAND_INDENT)}${line}`)),
  ];
}
