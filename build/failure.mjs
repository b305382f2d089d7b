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
 * bug and prints its message, with the stack only where FITMENT_DEBUG is set.
 *
 * @param {() => Promise<number>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    const isDebugging = Boolean(process.env.FITMENT_DEBUG) && error instanceof Error;
    console.error(isDebugging ? error.stack : messageOf(error));
    process.exitCode = 1;
  }
}

/**
 * The text of whatever was thrown.
 *
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
