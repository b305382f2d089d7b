/**
 * The answer to a question that keeps changing. The one before stays on screen until the next is there, and of several
 * questions asked meanwhile only the last is put, so that a slider does not fill the worker's queue.
 */
export class LatestAnswer<Value> {
  /** Null before the first answer, and where there is none. */
  value = $state.raw<Value | null>(null);
  /** There is no answer yet, or it is to an older question. */
  isWaiting = $state(true);

  #next: (() => Promise<Value | null>) | null = null;
  #isAsking = false;

  async ask(question: () => Promise<Value | null>): Promise<void> {
    this.#next = question;
    this.isWaiting = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#next !== null) {
      const asked: () => Promise<Value | null> = this.#next;
      this.#next = null;
      this.value = await asked();
    }
    this.#isAsking = false;
    this.isWaiting = false;
  }
}
