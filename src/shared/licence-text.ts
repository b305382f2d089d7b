import type { LicenceTerms, OutputTerms } from "#engine/licence.ts";
import { andText, commaText, orText } from "#words/lists.ts";
import { numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { toldText } from "./english/told-text.ts";

/** What a licence asks for, a sentence each, in plain words; only what somebody read. No legal advice. */
export function licenceTermTexts(terms: LicenceTerms): readonly string[] {
  const { notice, outputs, excludedRegions, usePolicy, registration, shareAlike } = terms;
  return [
    ...limitTexts(terms),
    ...(registration === true ? [say("Commercial use has to be applied for.")] : []),
    ...(excludedRegions === undefined || excludedRegions.length === 0
      ? []
      : [excludedText(excludedRegions, terms)]),
    ...(usePolicy === true
      ? [say("Some uses are forbidden, and that has to be passed on: read its use policy.")]
      : []),
    ...(outputs === undefined ? [] : [outputText(outputs)]),
    ...(notice === undefined
      ? []
      : [say("To be passed on with it: {notice}.", { notice: toldText(notice) })]),
    ...(shareAlike === true ? [say("What is made of it comes under the same licence.")] : []),
    ...(isRead(terms) ? [] : [say("Nobody has read its terms for this catalog: read them before use.")]),
  ];
}

function outputText(outputs: OutputTerms): string {
  switch (outputs) {
    case "free":
      return say("What it writes may be used for anything that is allowed, other models included.");
    case "only-itself":
      return say("What it writes may not be used to improve another language model.");
    case "named-after-it":
      return say("A model trained on what it writes has to bear its name.");
  }
}

function limitTexts(terms: LicenceTerms): readonly string[] {
  const { usersPerMonthLimit, revenuePerMonthUsdLimit, revenuePerYearUsdLimit, aboveLimit } = terms;
  const limits = [
    ...(usersPerMonthLimit == null
      ? []
      : [say("{count} users a month", { count: roundText(usersPerMonthLimit) })]),
    ...(revenuePerMonthUsdLimit == null
      ? []
      : [say("{count} US dollars of revenue a month", { count: roundText(revenuePerMonthUsdLimit) })]),
    ...(revenuePerYearUsdLimit == null
      ? []
      : [say("{count} US dollars of revenue a year", { count: roundText(revenuePerYearUsdLimit) })]),
  ];
  if (limits.length === 0) return [];
  const limit = orText(limits);
  return [
    aboveLimit === "show-name"
      ? say("Above {limit}, the model's name has to be shown.", { limit })
      : say("Above {limit}, another licence has to be asked for.", { limit }),
  ];
}

/** "700 million", as the language counts. */
function roundText(count: number): string {
  return numberText(count, { notation: "compact", compactDisplay: "long", maximumFractionDigits: 3 });
}

function excludedText(names: readonly string[], { excludedWhat }: LicenceTerms): string {
  const articled = names.map(regionText);
  const last = articled.slice(-1);
  const regions = articled.length < 2 ? andText(last) : andText([commaText(articled.slice(0, -1)), ...last]);
  return excludedWhat === undefined
    ? say("Nothing is granted in {regions}.", { regions })
    : say("Nothing is granted in {regions} ({what}).", { regions, what: toldText(excludedWhat) });
}

function regionText(name: string): string {
  switch (name) {
    case "European Union":
      return say("the European Union");
    case "United Kingdom":
      return say("the United Kingdom");
    case "South Korea":
      return say("South Korea");
    default:
      return /^(European|United)/.test(name) ? `the ${name}` : name;
  }
}

/** True where more than the name of it is known. */
function isRead(terms: LicenceTerms): boolean {
  return Object.entries(terms).some(([key, value]) => !NAMING.has(key) && value !== undefined);
}

const NAMING: ReadonlySet<string> = new Set(["name", "spdx", "url", "source"]);
