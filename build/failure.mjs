/**
 * An expected failure of a build script: what happened, and what to do about it, each one plain line.
 * It is printed as it stands, without a stack trace.
 *
 * @param {string} problem
 * @param {string} remedy
 */
export function failure(problem, remedy) {
  const error = new Error(`${problem}\n${remedy}`);
  error.name = "Failure";
  return error;
}

/** A checkout whose packages were not installed, or not all of them. @param {string} name */
export function notInstalledFailure(name) {
  return failure(`The package ${name}, which this needs, is not installed.`, "Run: npm ci");
}

/**
 * Runs a script's main function, which returns the exit code. A failure prints its two lines; anything else is a
 * bug and prints its message and how to see where it happened: the stack is for FITMENT_DEBUG only.
 *
 * @param {() => Promise<number>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    const isDebugging = Boolean(process.env.FITMENT_DEBUG) && error instanceof Error;
    console.error(isDebugging ? error.stack : linesFor(error));
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function linesFor(error) {
  if (error instanceof Error && error.name === "Failure") return error.message;
  const [problem] = messageOf(error).split("\n");
  return `${problem}\nThis is a fault in Fitment itself. Set FITMENT_DEBUG=1 to see where.`;
}

/**
 * The text of whatever was thrown.
 *
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message || error.name : String(error);
}
