import { expect } from "vitest";

/** The two lines of an expected failure: what happened, and what to do about it. */
export async function failureLines(attempt: Promise<unknown>): Promise<readonly [string, string]> {
  const outcome: unknown = await attempt.then(
    () => "It did not fail.",
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error(String(outcome));
  expect(outcome.name, outcome.message).toBe("Failure");
  return twoLines(outcome.message);
}

/** Checks that a text is two whole lines of plain words, without a stack trace. */
export function twoLines(text: string): readonly [string, string] {
  const lines = text.trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  const [problem = "", remedy = ""] = lines;
  for (const line of [problem, remedy]) {
    expect(line).toMatch(/^\S.{10,}$/);
    expect(line).not.toMatch(/\bat .+:\d+:\d+|undefined|\[object/);
  }
  return [problem, remedy];
}
