/**
 * How many tests came out how.
 *
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Totals
 */

/** @type {Totals} */
export const ONE_FAILURE = { passed: 0, failed: 1, skipped: 0 };

/**
 * From vitest's JSON report. A file that could not be loaded has no tests to count, and counts as one failure.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: readonly { status: string, assertionResults: readonly unknown[] }[] }} report
 * @returns {Totals}
 */
export function unitTotals(report) {
  const unloaded = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * From Playwright's JSON report. `errors` are those outside any test, such as a file that could not be loaded.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: readonly unknown[] }} report
 * @returns {Totals}
 */
export function windowTotals({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * A runner that ended badly although no test failed, or that ran nothing, counts as one failure.
 *
 * @param {Totals} totals
 * @param {number} exitCode
 * @returns {Totals}
 */
export function withRunnerFailure(totals, exitCode) {
  const ranNothing = totals.passed + totals.failed === 0;
  const endedBadly = exitCode !== 0 && totals.failed === 0;
  return ranNothing || endedBadly ? { ...totals, failed: totals.failed + 1 } : totals;
}

/**
 * @param {readonly Totals[]} parts
 * @returns {Totals}
 */
export function sumTotals(parts) {
  return parts.reduce((sum, part) => ({
    passed: sum.passed + part.passed,
    failed: sum.failed + part.failed,
    skipped: sum.skipped + part.skipped,
  }));
}

/**
 * The last line of a test run.
 *
 * @param {Totals} totals
 */
export function totalsLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}
