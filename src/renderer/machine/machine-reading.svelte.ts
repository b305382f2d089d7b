import type { MachineReport } from "#engine/machine.ts";
import type { Answer, Api, ProbeProgress } from "#shared/ipc.ts";

type Ask = <Value>(call: (api: Api) => Promise<Answer<Value>>) => Promise<Answer<Value>>;

/** This machine as it is read: what was found last time until this run's detection has answered, then what that found. */
export class MachineReading {
  report = $state.raw<MachineReport | null>(null);
  /** When the report was read, where that was in an earlier run; null for one of this run. */
  lastReadAt = $state<string | null>(null);
  isProbing = $state(false);
  failure = $state<string | null>(null);
  /** Which sources have answered the detection under way; null before the first has. */
  progress = $state.raw<ProbeProgress | null>(null);

  readonly #ask: Ask;
  readonly #onRead: () => void;
  #current: Promise<void> | null = null;

  /** What else waits for a machine is told of each. */
  constructor(ask: Ask, onRead: () => void = () => undefined) {
    this.#ask = ask;
    this.#onRead = onRead;
  }

  /**
   * What was found last time, at once, and a detection after it: once the page is calm, since the processes of a detection
   * take the time in which the first list is made. Where nothing was kept there is nothing to wait for.
   */
  async start(isCalm: () => Promise<unknown>): Promise<void> {
    this.isProbing = true;
    await this.#showLast();
    if (this.report !== null) await isCalm();
    if (this.report === null || this.lastReadAt !== null) await this.probe(); // else somebody asked for it meanwhile
  }

  /** What comes after the answer is of no use any more. */
  tellProgress(progress: ProbeProgress): void {
    if (this.isProbing) this.progress = progress;
  }

  /** Detects the machine afresh; what was known stays on screen meanwhile. */
  async probe(): Promise<void> {
    this.#current ??= this.#probe();
    await this.#current;
  }

  /** True when the report is of this run, for what is kept or handed on; waits for a detection where it is not. */
  async isFresh(): Promise<boolean> {
    if (this.#current !== null) await this.#current;
    else if (this.lastReadAt !== null) await this.probe();
    return this.lastReadAt === null;
  }

  async #probe(): Promise<void> {
    this.isProbing = true;
    const answer = await this.#ask((api) => api.probeMachine());
    this.isProbing = false;
    this.progress = null;
    this.#current = null;
    this.failure = answer.kind === "failed" ? answer.message : null;
    if (answer.kind === "failed") return;
    this.report = answer.value;
    this.lastReadAt = null;
    this.#onRead();
  }

  /** Never in the place of what this run has found; where nothing was kept, nothing is said. */
  async #showLast(): Promise<void> {
    const answer = await this.#ask((api) => api.readLastMachine());
    if (answer.kind === "failed" || answer.value === null || this.report !== null) return;
    this.report = answer.value.machine;
    this.lastReadAt = answer.value.detectedAt;
    this.#onRead();
  }
}
