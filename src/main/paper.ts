/** Sheets that Electron knows by name. */
export type Paper = "A4" | "Letter";

/** Where offices print on US Letter: `paperSize` of the measurement data in Unicode's CLDR 46; everywhere else it is A4. */
const LETTER_COUNTRIES = "BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split(" ");

/** The sheet of a country, by its two letters; of an unknown one, A4. */
export function paperOf(countryCode: string): Paper {
  return LETTER_COUNTRIES.includes(countryCode.toUpperCase()) ? "Letter" : "A4";
}
