import { describe, expect, test } from "vitest";
import {
  sumTotals,
  totalsLine,
  unitTotals,
  windowTotals,
  withRunnerFailure,
} from "../../build/test-totals.mjs";

const NO_TESTS = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

describe("vitest's report", () => {
  test.each([
    {
      name: "passed, failed, skipped and planned tests",
      report: { ...NO_TESTS, numPassedTests: 7, numFailedTests: 2, numPendingTests: 3, numTodoTests: 1 },
      expected: { passed: 7, failed: 2, skipped: 4 },
    },
    {
      name: "a file that could not be loaded counts as one failure",
      report: {
        ...NO_TESTS,
        numPassedTests: 7,
        testResults: [
          { status: "failed", assertionResults: [] },
          { status: "passed", assertionResults: [{}] },
        ],
      },
      expected: { passed: 7, failed: 1, skipped: 0 },
    },
    {
      name: "a file with a failed test counts only that",
      report: { ...NO_TESTS, numFailedTests: 1, testResults: [{ status: "failed", assertionResults: [{}] }] },
      expected: { passed: 0, failed: 1, skipped: 0 },
    },
  ])("$name", ({ report, expected }) => {
    expect(unitTotals(report)).toEqual(expected);
  });
});

describe("Playwright's report", () => {
  test.each([
    {
      name: "expected and flaky ones passed",
      report: { stats: { expected: 20, unexpected: 1, flaky: 2, skipped: 3 }, errors: [] },
      expected: { passed: 22, failed: 1, skipped: 3 },
    },
    {
      name: "an error outside any test is a failure",
      report: { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] },
      expected: { passed: 0, failed: 1, skipped: 0 },
    },
  ])("$name", ({ report, expected }) => {
    expect(windowTotals(report)).toEqual(expected);
  });
});

describe("how the runner itself ended", () => {
  test.each([
    { name: "well", totals: [5, 0, 0], exitCode: 0, failed: 0 },
    { name: "badly, as its one failed test says", totals: [5, 1, 0], exitCode: 1, failed: 1 },
    { name: "badly, although no test failed", totals: [5, 0, 0], exitCode: 1, failed: 1 },
    { name: "well, having run nothing", totals: [0, 0, 9], exitCode: 0, failed: 1 },
  ])("$name: $failed failed", ({ totals: [passed = 0, failedTests = 0, skipped = 0], exitCode, failed }) => {
    const counted = withRunnerFailure({ passed, failed: failedTests, skipped }, exitCode);
    expect(counted).toEqual({ passed, failed, skipped });
  });
});

test("parts are added up", () => {
  const parts = [
    { passed: 5, failed: 1, skipped: 2 },
    { passed: 10, failed: 0, skipped: 3 },
  ];
  expect(sumTotals(parts)).toEqual({ passed: 15, failed: 1, skipped: 5 });
});

test.each([
  { totals: { passed: 12, failed: 0, skipped: 0 }, line: "12 passed, 0 failed" },
  { totals: { passed: 12, failed: 3, skipped: 1 }, line: "12 passed, 3 failed, 1 skipped" },
])("the last line: $line", ({ totals, line }) => {
  expect(totalsLine(totals)).toBe(line);
});
