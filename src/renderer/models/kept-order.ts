import { type Later, whenIdle } from "./idle-work.ts";

/** What of the browser's `localStorage` is used. */
export type OrderStorage = Pick<Storage, "getItem" | "setItem">;

const KEY = "list-order";

/**
 * The order that the list had last, best first. Qualities are read after the first verdicts, so that no start waits for
 * them; until then the list of a later start stands as it stood, and does not change its order before people's eyes.
 * Nothing but the order is taken from it.
 */
export class KeptOrder {
  readonly #storage: OrderStorage;
  readonly #later: Later;
  readonly #indexes: ReadonlyMap<string, number>;
  #cancel: () => void = () => undefined;

  constructor(storage: OrderStorage, later: Later = whenIdle) {
    this.#storage = storage;
    this.#later = later;
    this.#indexes = new Map(idsIn(storage.getItem(KEY)).map((id, index) => [id, index]));
  }

  /** As it was at the start; models that were not in it come after. */
  inOrder<Row extends { readonly model: { readonly id: string } }>(rows: readonly Row[]): readonly Row[] {
    const placeOf = ({ model }: Row): number => this.#indexes.get(model.id) ?? this.#indexes.size;
    return [...rows].sort((one, other) => placeOf(one) - placeOf(other));
  }

  /** For the next start; written once nothing else waits. */
  keep(ids: readonly string[]): void {
    this.#cancel();
    this.#cancel = this.#later(() => this.#write(ids));
  }

  /** Where it cannot be kept the next start's list changes its order once, and nothing is lost. */
  #write(ids: readonly string[]): void {
    try {
      this.#storage.setItem(KEY, JSON.stringify(ids));
    } catch (error) {
      console.error("The list's order is not kept for the next start:", error);
    }
  }
}

/** None where it was never written, or by something else. */
function idsIn(text: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
