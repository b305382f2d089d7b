/** A command line that says something wrong: exit code 2, with the message as it stands. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A question that could not be answered though it was well put: exit code 1. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
}
