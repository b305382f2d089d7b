import { collectLater, type IdleFigures, type Later, NO_FIGURES, whenIdle } from "./idle-work.ts";

/** Figures of which each takes long, one a key: worked out between frames, so that no slider waits for them. */
export class IdleValues {
  /** As of the last time that all were known: a list in that order does not jump while newer ones are worked out. */
  values = $state.raw<IdleFigures>(NO_FIGURES);
  isWorking = $state(false);
  readonly #later: Later;
  #cancel: () => void = () => undefined;

  constructor(later: Later = whenIdle) {
    this.#later = later;
  }

  /** What was asked for before and is not done yet is dropped. */
  ask(keys: readonly string[], figureOf: (index: number) => number | null): void {
    this.#cancel();
    this.isWorking = true;
    const take = (figures: IdleFigures): void => {
      this.values = figures;
      this.isWorking = false;
    };
    this.#cancel = collectLater(keys, figureOf, take, this.#later);
  }

  /** The column is sorted by no more: what was worked out for it is no order of another. */
  stop(): void {
    this.#cancel();
    this.isWorking = false;
    this.values = NO_FIGURES;
  }
}
