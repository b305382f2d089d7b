import type { Catalog } from "#engine/catalog.ts";
import type { QualityData } from "#engine/quality.ts";
import type { Detection } from "#probe/isolated.ts";
import type { RamCopyResult } from "#probe/ram-copy.ts";

/** What a command reaches outside for; tests replace it. */
export interface Surroundings {
  readonly detectMachine: () => Promise<Detection>;
  readonly measureRamCopy: () => Promise<RamCopyResult>;
  /** The shipped catalog with the person's own over it. */
  readonly loadCatalog: () => Promise<Catalog>;
  /** What the catalog says of quality; read only by the commands that show it. */
  readonly loadQuality: () => Promise<QualityData>;
  /** The day of the shipped catalog, `2026-11-25`; null where it cannot be read. */
  readonly readCatalogDate: () => Promise<string | null>;
  /** The person's own catalog folder; it need not be there. */
  readonly ownFolder: string;
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
