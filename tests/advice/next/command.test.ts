import { describe, expect, test } from "vitest";
import { command, commandLines, SHELLS } from "#advice/next/command.ts";
import { readCommand } from "./shell-reader.ts";

describe("every word comes out of a shell as it went in", () => {
  test.each(
    [
      "plain",
      "two words",
      "owner/name:Q4_K_M",
      "20,21,40",
      "@request.json",
      "it's",
      "$HOME",
      "`whoami`",
      "$(whoami)",
      "a;b|c&d",
      "*.gguf",
      "",
      "--flag=a.b",
      "-Dfoo.bar=1",
      "100%",
      "\u2018curly\u2019",
      "back\\slash",
      "{1..3}",
      "~",
      "#not a comment",
    ].map((word) => [word]),
  )("%j", (word) => {
    const written = { ...command("program", "-f", word, word), environment: { NAME: word } };
    for (const shell of SHELLS) {
      const text = commandLines(written, shell).join("\n");
      if (shell === "powershell" && word.includes("\u2018")) {
        expect(text).toContain("'\u2018\u2018curly\u2019\u2019'"); // PowerShell's own doubling, which the reader has not
      } else {
        expect(readCommand(text, shell)).toEqual(written);
      }
    }
  });

  test.each(['say "hi"', "two\nlines", "nul\0"])("%j is not written at all", (word) => {
    expect(() => commandLines(command("program", word), "sh")).toThrow("no shell passes on safely");
  });

  test("lines stay within the width, and a flag stays with its value", () => {
    const words = Array.from({ length: 12 }, (_, index) => [`--flag-${index}`, `value-${index}`]).flat();
    const lines = commandLines(command("program", ...words), "sh", 40);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.every((line) => line.length <= 44)).toBe(true);
    expect(lines.every((line) => !/--flag-\d+ ?\\?$/.test(line))).toBe(true);
  });
});
