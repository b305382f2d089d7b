import type { HardwareChange } from "#engine/changed-machine.ts";
import type { OpenedProfile } from "#shared/ipc.ts";

/** The machine asked about, for as long as the window is open, over each load of its page. */
export interface HeldMachine {
  /** Null: this machine. */
  readonly profile: OpenedProfile | null;
  readonly change: HardwareChange;
}

/** What of the browser's `sessionStorage` is used. */
export type PageStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "machine";

export function holdMachine(storage: PageStorage, held: HeldMachine | null): void {
  try {
    if (held === null) storage.removeItem(KEY);
    else storage.setItem(KEY, JSON.stringify(held));
  } catch (error) {
    storage.removeItem(KEY); // too large for it: rather none than an older one
    console.warn("The machine is not held over a reload:", error);
  }
}

export function heldMachine(storage: PageStorage): HeldMachine | null {
  const text = storage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as HeldMachine); // nobody but the function above writes it
}
