import { spoken } from "./spoken.ts";

/** How a number is written: digits after the decimal sign, or digits that count; grouped by thousands or not; "7 million". */
export type NumberStyle = Pick<
  Intl.NumberFormatOptions,
  | "minimumFractionDigits"
  | "maximumFractionDigits"
  | "maximumSignificantDigits"
  | "useGrouping"
  | "notation"
  | "compactDisplay"
>;

const formats = new Map<string, Intl.NumberFormat>();

/** A number as the language that is spoken writes it: "131,072", "131.072", "131 072". */
export function numberText(value: number, style: NumberStyle = {}): string {
  const { locale } = spoken();
  const key = `${locale} ${JSON.stringify(style)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, style);
    formats.set(key, format);
  }
  return format.format(value);
}

/** With exactly so many digits after the decimal sign and no groups: "1008.0", "1008,0". */
export function fixedText(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return spoken().tag === "en"
    ? text
    : numberText(Number(text), {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        useGrouping: false,
      });
}
