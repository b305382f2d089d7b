/** Fields of a library's answer, which is outside data: only what has the expected shape counts. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object's fields; none where it is no object. */
export function recordOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields) // any object has string keys; each value is checked where it is read
    : {};
}

/** The array's objects; none where it is no array. */
export function recordsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

/** A text that says something; "unknown" and its like do not. */
export function textField(fields: Fields, key: string): string | null {
  const value = fields[key];
  if (typeof value !== "string") return null;
  const text = value.trim();
  return text === "" || /^(unknown|n\/a|-|to be filled by o\.?e\.?m\.?)$/i.test(text) ? null : text;
}

/** A finite number, 0 included. */
export function numberField(fields: Fields, key: string): number | null {
  const value = fields[key];
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

/** A number of something there is at least one of: libraries write 0 for "unknown". */
export function countField(fields: Fields, key: string): number | null {
  const value = numberField(fields, key);
  return value === 0 ? null : value;
}
