import type { Catalog } from "#engine/catalog.ts";
import { changeMachine, type HardwareChange, isChanged, NO_CHANGE } from "#engine/changed-machine.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Answer, Api, OpenedProfile } from "#shared/ipc.ts";
import { heldMachine, holdMachine, type PageStorage } from "./held-machine.ts";
import { toldText } from "#shared/english/told-text.ts";
import { say } from "#words/say.ts";

/** What of the window the changes are about. */
export interface AroundHardware {
  readonly catalog: Catalog | null;
  /** Without the changes; null until one is read. */
  readonly detectedMachine: MachineReport | null;
  /** False while the machine shown is that of last time. */
  readonly reading: { readonly lastReadAt: string | null };
  profile: OpenedProfile | null;
  bug: string | null;
}

type Ask = <Value>(call: (api: Api) => Promise<Answer<Value>>) => Promise<Answer<Value>>;

/** What a person changed about the machine, kept over a restart; only changes that make sense are taken. */
export class ChangedHardware {
  change = $state.raw<HardwareChange>(NO_CHANGE);
  /** Why changes are gone; null where none are. */
  notice = $state<string | null>(null);
  /** Was kept, and waits for the machine that it is about. */
  #waiting = $state.raw<HardwareChange | null>(null);
  /** As it was kept at the last end. */
  #restored = $state.raw<HardwareChange | null>(null);
  #isRestored = $state(false);

  readonly isFromLastTime = $derived.by(() => this.#restored !== null && this.change === this.#restored);

  /** What the next start is to find; undefined where that stays as it is: a machine from a file is not this one. */
  readonly kept = $derived.by((): HardwareChange | null | undefined => {
    const isKnown = this.#isRestored && this.#waiting === null;
    if (this.#around.profile !== null || !(isKnown || isChanged(this.change))) return undefined;
    const lasting = { ...this.change, freeById: {} }; // what is free now says nothing of another day
    return isChanged(lasting) ? lasting : null;
  });

  readonly #around: AroundHardware;
  readonly #ask: Ask;
  readonly #storage: PageStorage | null;

  constructor(around: AroundHardware, ask: Ask, storage: PageStorage | null = null) {
    this.#around = around;
    this.#ask = ask;
    this.#storage = storage;
  }

  /** The machine with the changes, or as it is where they do not hold for it. */
  madeOf(machine: MachineReport): MachineReport {
    const changed = changeMachine(machine, this.change, this.#around.catalog?.cards ?? []);
    return changed.kind === "ok" ? changed.machine : machine;
  }

  /** Answers what is wrong with a change, which then is not taken; null where it was. */
  take(change: HardwareChange): string | null {
    const { detectedMachine, catalog } = this.#around;
    if (detectedMachine === null) return say("The machine has not been read yet.");
    const changed = changeMachine(detectedMachine, change, catalog?.cards ?? []);
    if (changed.kind === "failed") return toldText(changed.message);
    this.change = change;
    this.notice = null;
    return null;
  }

  putBack(): void {
    this.change = NO_CHANGE;
    this.#waiting = null;
    this.notice = null;
  }

  /** As it was at the last end, or before the page was loaded again, unless the person was faster. */
  async restore(): Promise<void> {
    this.#takeHeld();
    const answer = await this.#ask((api) => api.readSettings());
    if (answer.kind === "failed") return;
    const { hardware } = answer.value;
    if (hardware === "unreadable")
      this.notice = say("Your changes to the hardware could not be read again; it is as detected.");
    else if (this.#isUntouched()) {
      this.#waiting = hardware;
      this.#restored = hardware;
    }
    this.#isRestored = true;
    this.settle();
  }

  #isUntouched(): boolean {
    return this.#around.profile === null && this.#waiting === null && !isChanged(this.change);
  }

  /** From before the page was loaded again: in the same run, so that what is free now is still so. */
  #takeHeld(): void {
    const held = this.#storage === null ? null : heldMachine(this.#storage);
    if (held === null || !this.#isUntouched()) return;
    this.#around.profile = held.profile;
    if (held.profile === null) this.#waiting = held.change;
    else this.change = held.change;
  }

  /**
   * Takes up what was kept once machine and catalog are there, and drops what does not hold for them, as of a card that
   * the catalog no longer has. The machine of last time drops nothing: this run's may be another.
   */
  settle(): void {
    const { profile, detectedMachine, catalog, reading } = this.#around;
    if (profile !== null || isChanged(this.change)) this.#waiting = null;
    const change = this.#waiting ?? this.change;
    if (profile !== null || detectedMachine === null || catalog === null || !isChanged(change)) return;
    const changed = changeMachine(detectedMachine, change, catalog.cards);
    if (changed.kind === "ok" && this.#waiting !== null) {
      this.change = this.#waiting;
      this.#waiting = null;
    }
    if (changed.kind === "ok" || reading.lastReadAt !== null) return;
    this.putBack();
    this.notice = say("Your changes to the hardware do not hold any more and were put back: {reason}", {
      reason: toldText(changed.message),
    });
  }

  /** The machine asked about is there again when the page is loaded anew, as for another language. */
  hold(): void {
    const { profile } = this.#around;
    const isAnother = profile !== null || isChanged(this.change);
    if (this.#storage === null || !(this.#isRestored || isAnother)) return;
    holdMachine(this.#storage, isAnother ? { profile, change: this.change } : null);
  }

  /** Kept for the next start; where it cannot be, that is said, and it holds for this one. */
  async keep(change: HardwareChange | null): Promise<void> {
    const answer = await this.#ask((api) => api.keepHardware(change));
    if (answer.kind === "failed") this.#around.bug = answer.message;
  }
}
