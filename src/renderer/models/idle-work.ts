/** Runs work when nothing else waits; the work is told how much time it has. The answer takes it back. */
export type Later = (work: (remainingMs: () => number) => void) => () => void;

/** Chromium's own idle time; a page that is never idle gives some all the same. */
export const whenIdle: Later = (work) => {
  const handle = requestIdleCallback((deadline) => work(() => deadline.timeRemaining()), { timeout: 100 });
  return () => cancelIdleCallback(handle);
};

/** Less is left to the frame. */
const RESERVED_MS = 2;

export type IdleFigures = ReadonlyMap<string, number | null>;

export const NO_FIGURES: IdleFigures = new Map();

/** One figure a key, as many at a time as there is time for; all of them are handed over at once. */
export function collectLater(
  keys: readonly string[],
  figureOf: (index: number) => number | null,
  done: (figures: IdleFigures) => void,
  later: Later,
): () => void {
  const figures = new Map<string, number | null>();
  let index = 0;
  let cancel: () => void = () => undefined;
  const work = (remainingMs: () => number): void => {
    do {
      const key = keys[index];
      if (key !== undefined) figures.set(key, figureOf(index));
      index += 1;
    } while (index < keys.length && remainingMs() > RESERVED_MS);
    if (index < keys.length) cancel = later(work);
    else done(figures);
  };
  cancel = later(work);
  return () => cancel();
}
