import type { VerdictGroup } from "#engine/ranking.ts";

/** One thing that is not as it was, with both values. */
export type ReportChange =
  | { readonly kind: "fitment-version"; readonly before: string; readonly after: string }
  | { readonly kind: "catalog-date"; readonly before: string | null; readonly after: string | null }
  /** The two were asked different things: then picks and verdicts differ for that, too. */
  | { readonly kind: "question"; readonly before: readonly string[]; readonly after: readonly string[] }
  | { readonly kind: "accelerator-added" | "accelerator-removed"; readonly name: string }
  | {
      readonly kind: "driver";
      readonly name: string;
      readonly before: string | null;
      readonly after: string | null;
    }
  | {
      readonly kind: "memory-total" | "memory-free";
      /** "RAM" for the computer's own. */
      readonly name: string;
      readonly beforeBytes: number | null;
      readonly afterBytes: number | null;
    }
  | { readonly kind: "models-added" | "models-removed"; readonly modelNames: readonly string[] }
  | {
      readonly kind: "verdict";
      readonly modelName: string;
      readonly before: VerdictGroup;
      readonly after: VerdictGroup;
      /** The same in words: of those that need cards that are not here, one larger card is told from several. */
      readonly beforeText: string;
      readonly afterText: string;
    }
  | {
      readonly kind: "pick";
      readonly role: string;
      readonly before: string | null;
      readonly after: string | null;
    };
