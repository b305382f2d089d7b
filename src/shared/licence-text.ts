import type { LicenceTerms, OutputTerms } from "#engine/licence.ts";

/** What a licence asks for, a sentence each, in plain words; only what somebody read. No legal advice. */
export function licenceTermTexts(terms: LicenceTerms): readonly string[] {
  const { notice, outputs, excludedRegions, usePolicy, registration, shareAlike } = terms;
  return [
    ...limitTexts(terms),
    ...(registration === true ? ["Commercial use has to be applied for."] : []),
    ...(excludedRegions === undefined || excludedRegions.length === 0
      ? []
      : [`Nothing is granted in ${listText(excludedRegions)}${whatText(terms)}.`]),
    ...(usePolicy === true
      ? ["Some uses are forbidden, and that has to be passed on: read its use policy."]
      : []),
    ...(outputs === undefined ? [] : [OUTPUT_TEXTS[outputs]]),
    ...(notice === undefined ? [] : [`To be passed on with it: ${notice}.`]),
    ...(shareAlike === true ? ["What is made of it comes under the same licence."] : []),
    ...(isRead(terms) ? [] : ["Nobody has read its terms for this catalog: read them before use."]),
  ];
}

const OUTPUT_TEXTS: Record<OutputTerms, string> = {
  free: "What it writes may be used for anything that is allowed, other models included.",
  "only-itself": "What it writes may not be used to improve another language model.",
  "named-after-it": "A model trained on what it writes has to bear its name.",
};

const MILLION = 1e6;

function limitTexts(terms: LicenceTerms): readonly string[] {
  const { usersPerMonthLimit, revenuePerMonthUsdLimit, revenuePerYearUsdLimit, aboveLimit } = terms;
  const limits = [
    ...(usersPerMonthLimit == null ? [] : [`${usersPerMonthLimit / MILLION} million users a month`]),
    ...(revenuePerMonthUsdLimit == null
      ? []
      : [`${revenuePerMonthUsdLimit / MILLION} million US dollars of revenue a month`]),
    ...(revenuePerYearUsdLimit == null
      ? []
      : [`${revenuePerYearUsdLimit / MILLION} million US dollars of revenue a year`]),
  ];
  if (limits.length === 0) return [];
  const then =
    aboveLimit === "show-name" ? "the model's name has to be shown" : "another licence has to be asked for";
  return [`Above ${limits.join(" or ")}, ${then}.`];
}

function whatText({ excludedWhat }: LicenceTerms): string {
  return excludedWhat === undefined ? "" : ` (${excludedWhat})`;
}

function listText(names: readonly string[]): string {
  const articled = names.map((name) => (/^(European|United)/.test(name) ? `the ${name}` : name));
  const last = articled.at(-1) ?? "";
  return articled.length < 2 ? last : `${articled.slice(0, -1).join(", ")} and ${last}`;
}

/** True where more than the name of it is known. */
function isRead(terms: LicenceTerms): boolean {
  return Object.entries(terms).some(([key, value]) => !NAMING.has(key) && value !== undefined);
}

const NAMING: ReadonlySet<string> = new Set(["name", "spdx", "url", "source"]);
