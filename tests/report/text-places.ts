/** The way to a value inside of another. */
export type Place = readonly (string | number)[];

/** Where a value has texts. */
export function textPlaces(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value === "string") return [at];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textPlaces(item, [...at, key]));
}

/** The same value with another text in one place. */
export function withText<Value>(value: Value, place: Place, text: string): Value {
  const copy = structuredClone(value);
  let holder = copy as unknown as Record<string, unknown>; // walked by its own keys
  for (const key of place.slice(0, -1)) holder = holder[key] as Record<string, unknown>; // see above
  holder[String(place.at(-1))] = text;
  return copy;
}
