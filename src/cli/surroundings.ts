import type { HubSettings } from "#catalog/hub/settings.ts";
import type { CatalogStore } from "#catalog/store.ts";
import type { Detection } from "#probe/isolated.ts";
import type { RamCopyResult } from "#probe/ram-copy.ts";

/** How a command asks Hugging Face. */
export interface HubSurroundings {
  readonly settings: HubSettings;
  /** Somebody looks at standard error, so that progress is shown. */
  readonly isWatched: boolean;
  /** Calls back at Ctrl-C instead of ending; answers how to let go of it. */
  readonly onInterrupt: (listener: () => void) => () => void;
}

/** What a command reaches outside for; tests replace it. */
export interface Surroundings extends CatalogStore {
  readonly detectMachine: () => Promise<Detection>;
  readonly measureRamCopy: () => Promise<RamCopyResult>;
  readonly hub: HubSurroundings;
  readonly readFile: (path: string) => Promise<string>;
  /** Writes a file whole or not at all. */
  readonly writeFile: (path: string, content: string) => Promise<void>;
  /** Standard output: the answer. */
  readonly print: (text: string) => void;
  /** Standard error: everything else. */
  readonly complain: (text: string) => void;
  readonly version: string;
  readonly now: () => Date;
  readonly isColourful: boolean;
  /** Width of the terminal; null where nobody looks at the output on one. */
  readonly columns: number | null;
}
