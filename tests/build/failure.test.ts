import path from "node:path";
import { expect, test } from "vitest";
import { failure, messageOf } from "../../build/failure.mjs";
import { runCommand } from "../../build/run-command.mjs";

const MODULE = JSON.stringify(path.join(import.meta.dirname, "../../build/failure.mjs"));

test("a failure is two lines: what happened, and what to do", () => {
  const error = failure("It rains.", "Take an umbrella.");
  expect(error.message).toBe("It rains.\nTake an umbrella.");
  expect(error.name).toBe("Failure");
});

test.each([
  { thrown: new Error("broken"), message: "broken" },
  { thrown: "broken", message: "broken" },
  { thrown: null, message: "null" },
  { thrown: new AggregateError([new Error("one"), new Error("two")]), message: "AggregateError" },
])("whatever is thrown has a text: $message", ({ thrown, message }) => {
  expect(messageOf(thrown)).toBe(message);
});

test.each([
  { name: "the code it answers", main: "return 2;", debug: "", code: 2, stderr: /^$/ },
  {
    name: "1 and two lines for a failure",
    main: 'throw failure("It rains.", "Take an umbrella.");',
    debug: "",
    code: 1,
    stderr: /^It rains\.\nTake an umbrella\.\n$/,
  },
  {
    name: "1 and two lines for a bug",
    main: "null.length",
    debug: "",
    code: 1,
    stderr: /^Cannot read.+\nThis is a fault in Fitment itself\. Set FITMENT_DEBUG=1 to see where\.\n$/,
  },
  {
    name: "the first line of a bug that has many",
    main: 'throw new Error("one\\n    at two (file.js:1:2)");',
    debug: "",
    code: 1,
    stderr: /^one\nThis is a fault .+\n$/,
  },
  { name: "the stack where asked for", main: "null.length", debug: "1", code: 1, stderr: /\n {4}at main / },
])("a script ends with $name", async ({ main, debug, code, stderr }) => {
  const script = `
    const { failure, runScript } = await import(${MODULE});
    await runScript(async function main() { ${main} });`;
  const words = ["--input-type=module", "--eval", script];
  const ran = await runCommand(process.execPath, words, { env: { ...process.env, FITMENT_DEBUG: debug } });
  expect(ran.code).toBe(code);
  expect(ran.stderr).toMatch(stderr);
});
