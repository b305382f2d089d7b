import path from "node:path";
import { expect, test } from "vitest";
import { profileFileOf, terminalWords } from "../../src/main/start-words.ts";

const APP = "/opt/fitment/fitment";
const HOME = path.resolve("/home/me");

test.each([
  ["the packed tool's", [APP, "--no-sandbox", "--", "--terminal", "list", "--json"], ["list", "--json"]],
  ["with no words", [APP, "--", "--terminal"], []],
])("terminal words: %s", (_name, argv, words) => {
  expect(terminalWords(argv)).toEqual(words);
});

test("without its switch a window is wanted", () => {
  expect(terminalWords([APP, "machine.fitment"])).toBeNull();
});

test.each([
  ["a whole path", [APP, "/data/box.fitment"], path.resolve("/data/box.fitment")],
  ["a path from where it was started", [APP, "box.fitment"], path.join(HOME, "box.fitment")],
  ["a file of older versions", [APP, "machine.JSON"], path.join(HOME, "machine.JSON")],
  [
    "after Electron's own switches",
    [APP, "--no-sandbox", "/checkout", "box.fitment"],
    path.join(HOME, "box.fitment"),
  ],
  ["the last of several", [APP, "one.fitment", "two.fitment"], path.join(HOME, "two.fitment")],
])("a machine to open: %s", (_name, argv, file) => {
  expect(profileFileOf(argv, HOME)).toBe(file);
});

test.each([
  ["nothing named", [APP]],
  ["the program itself", ["/opt/box.fitment"]],
  ["a switch", [APP, "--load=box.fitment"]],
  ["a web address", [APP, "https://example.invalid/box.fitment"]],
  ["a file address", [APP, "file:///data/box.fitment"]],
  ["another kind of file", [APP, "box.exe"]],
  ["a folder", [APP, "/data/boxes"]],
])("no machine to open: %s", (_name, argv) => {
  expect(profileFileOf(argv, HOME)).toBeNull();
});
