/** How free what a model writes is: `only-itself` may train no other model, `named-after-it` only one that has its name. */
export type OutputTerms = "free" | "only-itself" | "named-after-it";

/**
 * What a licence asks for, as fields, so that people can compare and a program can filter. A field that is not there is
 * not known: nobody read it. No legal advice.
 */
export interface LicenceTerms {
  /** As the models' entries have it. */
  readonly name: string;
  /** Its short name at SPDX; null where it has none. */
  readonly spdx: string | null;
  /** Where its text is; null where that was not found. */
  readonly url: string | null;
  /** Where these terms were read. */
  readonly source: string;
  /** Users of a month above which more is asked; null: no such limit. */
  readonly usersPerMonthLimit?: number | null | undefined;
  readonly revenuePerYearUsdLimit?: number | null | undefined;
  readonly revenuePerMonthUsdLimit?: number | null | undefined;
  /** What is asked above a limit: another licence, or that the model's name is shown. */
  readonly aboveLimit?: "ask" | "show-name" | undefined;
  /** What must be passed on or shown. */
  readonly notice?: string | undefined;
  readonly outputs?: OutputTerms | undefined;
  /** Where nothing is granted; empty: everywhere alike. */
  readonly excludedRegions?: readonly string[] | undefined;
  /** What of it those regions are excluded from; not there: all. */
  readonly excludedWhat?: string | undefined;
  /** True: some uses are forbidden. */
  readonly usePolicy?: boolean | undefined;
  /** True: commercial use has to be applied for. */
  readonly registration?: boolean | undefined;
  /** True: what is made of it comes under the same licence. */
  readonly shareAlike?: boolean | undefined;
}
