import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/arguments.ts";

const README = readFileSync(path.join(import.meta.dirname, "../../README.md"), "utf8");

/** Every `npx fitment …` of the README, without its remark. */
const LINES = [...README.matchAll(/^npx fitment(.*)$/gm)].map(([, rest = ""]) =>
  (rest.split("#")[0] ?? "").trim(),
);

/** A shell's words: quotes hold together, and what is written to a file is not the tool's. */
function wordsOf(line: string): readonly string[] {
  const [command = ""] = line.split(">");
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

test.each(LINES)("the README's fitment %s is taken", (line) => {
  expect(() => parseCommandLine(wordsOf(line))).not.toThrow();
});

test("the README names what a person asks first", () => {
  const named = new Set(LINES.map((line) => wordsOf(line)[0]));
  const commands = ["list", "estimate", "detect", "recommend", "explain", "compare", "plan", "runtimes"];
  for (const command of [...commands, "optimise", "next", "report", "calibrate", "add"])
    expect(named).toContain(command);
});
