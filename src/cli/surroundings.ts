import type { CatalogStore } from "#catalog/store.ts";
import type { Detection } from "#probe/isolated.ts";
import type { RamCopyResult } from "#probe/ram-copy.ts";

/** What a command reaches outside for; tests replace it. */
export interface Surroundings extends CatalogStore {
  readonly detectMachine: () => Promise<Detection>;
  readonly measureRamCopy: () => Promise<RamCopyResult>;
  readonly readFile: (path: string) => Promise<string>;
  /** Writes a file whole or not at all. */
  readonly writeFile: (path: string, content: string) => Promise<void>;
  /** Standard output: the answer. */
  readonly print: (text: string) => void;
  /** Standard error: everything else. */
  readonly complain: (text: string) => void;
  readonly version: string;
  readonly isColourful: boolean;
  /** Width of the terminal; null where nobody looks at the output on one. */
  readonly columns: number | null;
}
