import { z } from "zod";
import type { CatalogProblem } from "#engine/catalog.ts";
import type { LicenceTerms } from "#engine/licence.ts";
import { editorSchema, positiveCount, text } from "./fact-schema.ts";
import { toProblems } from "./problems.ts";

const limit = positiveCount.nullable().optional();

const licenceTerms = z.strictObject({
  name: text,
  spdx: text.nullable(),
  url: z.url({ protocol: /^https$/ }).nullable(),
  source: text,
  usersPerMonthLimit: limit,
  revenuePerYearUsdLimit: limit,
  revenuePerMonthUsdLimit: limit,
  aboveLimit: z.enum(["ask", "show-name"]).optional(),
  notice: text.optional(),
  outputs: z.enum(["free", "only-itself", "named-after-it"]).optional(),
  excludedRegions: z.array(text).optional(),
  excludedWhat: text.optional(),
  usePolicy: z.boolean().optional(),
  registration: z.boolean().optional(),
  shareAlike: z.boolean().optional(),
}) satisfies z.ZodType<LicenceTerms>;

/** What a file of licences holds. */
export const licenceFileSchema = z.strictObject({
  $schema: editorSchema,
  licences: z.array(licenceTerms),
});

/** What a file of licences says, and what is wrong in it; with anything wrong nothing of it is used. */
export function checkLicenceFile(
  file: string,
  json: unknown,
): { readonly licences: readonly LicenceTerms[]; readonly problems: readonly CatalogProblem[] } {
  const checked = licenceFileSchema.safeParse(json);
  return checked.success
    ? { licences: checked.data.licences, problems: [] }
    : { licences: [], problems: toProblems(file, [], checked.error.issues) };
}
