/**
 * What may ship, by the licence that the source of a score states. Left out: non-commercial terms, sources without
 * a licence, boards whose data licence is not stated or not verified (Open LLM Leaderboard, LMArena), papers whose
 * licence nobody checked, figures quoted second-hand, and community licences that bind whoever passes the text on.
 */
export const SHIPPABLE_LICENCES: ReadonlySet<string> = new Set([
  "MIT",
  "MIT (facts)",
  "MIT (code; facts)",
  "MIT card; facts",
  "MIT (LiveCodeBench code); site repo no licence file",
  "Apache-2.0",
  "Apache-2.0 (facts)",
  "card Apache-2.0; facts",
  "README Apache-2.0; facts",
  "LiveBench Apache-2.0; site repo has no licence file",
  "Apache-2.0 (bigcode-project/bigcodebench); site repo no licence file",
  "CC-BY-4.0",
  "CC-BY-4.0 (Epoch AI Benchmarking Hub); repo MIT",
]);

/** The licence in two words, as the catalog states it. */
export function licenceName(licence: string): string {
  const name = /MIT|Apache-2\.0|CC-BY-4\.0/.exec(licence)?.[0];
  if (name === undefined) throw new Error(`no short name for the licence "${licence}"`);
  return name;
}
