/** A value somebody stated, with where it was read. */
export interface Known<Value> {
  readonly value: Value;
  readonly source: string;
}

/** A value nobody stated; the reason is shown to people as it stands. */
export interface Missing {
  readonly missing: string;
}

/** A looked-up or measured fact: never a bare number, never a silent default. */
export type Fact<Value> = Known<Value> | Missing;

/** True where the fact has a value. */
export function isKnown<Value>(fact: Fact<Value>): fact is Known<Value> {
  return "value" in fact;
}

/**
 * Where an entry comes from: the catalog that ships with Fitment, or the person's own folder. Of two with one id the
 * person's stands.
 */
export type Origin = "shipped" | "own" | "own-instead-of-shipped";
