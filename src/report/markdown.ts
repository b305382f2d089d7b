import type { Block, Section, Table } from "./block.ts";
import { documentOf } from "./document.ts";
import type { Report } from "./report.ts";

/** The report as Markdown that reads well as it stands: no charts, since the tables have their figures. */
export function reportMarkdown(report: Report): string {
  const { title, subtitle, sections } = documentOf(report);
  const lines = [
    `# ${inline(title)}`,
    "",
    inline(subtitle),
    ...sections.flatMap((each) => sectionLines(each, 2)),
  ];
  return `${lines.join("\n")}\n`;
}

function sectionLines({ title, blocks, sections }: Section, level: number): readonly string[] {
  return [
    "",
    `${"#".repeat(level)} ${inline(title)}`,
    ...blocks.flatMap((block) => blockLines(block, level + 1)),
    ...sections.flatMap((each) => sectionLines(each, level + 1)),
  ];
}

function blockLines(block: Block, level: number): readonly string[] {
  switch (block.kind) {
    case "paragraph":
      return ["", beginning(inline(block.text))];
    case "lead":
      return ["", `**${inline(block.text)}**`];
    case "heading":
      return ["", `${"#".repeat(level)} ${inline(block.text)}`];
    case "list":
      return ["", ...block.items.map((item) => `- ${inline(item)}`)];
    case "links":
      return ["", ...block.addresses.map((address) => `- <${address}>`)];
    case "code":
      return ["", `${inline(block.label)}:`, "", ...fenced(block.text, block.language)];
    case "table":
      return ["", ...tableLines(block)];
    case "bars":
    case "ranges":
      return [];
  }
}

/** A fence longer than any in the text. */
function fenced(text: string, language: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}

/** Columns as wide as their widest cell, so that the table can be read raw. */
function tableLines({ columns, rows }: Table): readonly string[] {
  const cells = [columns.map(({ heading }) => heading), ...rows].map((row) => row.map(inline));
  const widths = columns.map((_, index) => Math.max(3, ...cells.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${columns
      .map(({ align }, index) => {
        const [text, width] = [row[index] ?? "", widths[index] ?? 0];
        return align === "end" ? text.padStart(width) : text.padEnd(width);
      })
      .join(" | ")} |`;
  const rule = columns.map(({ align }, index) => {
    const width = widths[index] ?? 0;
    return align === "end" ? `${"-".repeat(width - 1)}:` : "-".repeat(width);
  });
  const [heading = [], ...body] = cells;
  return [line(heading), `| ${rule.join(" | ")} |`, ...body.map(line)];
}

/**
 * Text in which nothing is markup. An underscore within a word ("Q4_K_M") is none and stays as it is, to be read raw.
 */
function inline(text: string): string {
  return text
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll(/[\\`*<>[\]|~]/g, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replaceAll(/&(?=#?\w+;)/g, String.raw`\&`);
}

/** A paragraph that begins like a list or a heading is neither. */
function beginning(text: string): string {
  return text.replace(/^(?=[#+-])/, "\\").replace(/^(\d+)([.)])(?=\s)/, String.raw`$1\$2`);
}
