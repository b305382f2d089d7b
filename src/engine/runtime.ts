import type { Origin } from "./fact.ts";
import type { KvCacheType } from "./kv-cache-type.ts";
import type { AcceleratorVendor } from "./accelerator-vendor.ts";
import { packingFamily, type PackingFamily, type QuantizationName } from "./quantization.ts";

/** A program that runs models, as far as memory depends on it; `catalog/runtimes/` holds them with their sources. */
export interface Runtime {
  /** Lower case with hyphens, unique and stable. */
  readonly id: string;
  readonly name: string;
  readonly origin: Origin;
  /**
   * Whose memory it is like. `llama.cpp`: buffers of a micro-batch, tables in RAM. `paged`: a share of each card, a pool
   * of pages for the cache. `plain`: weights, cache and activations, as they come.
   */
  readonly engine: "llama.cpp" | "paged" | "plain";
  readonly packings: readonly PackingFamily[];
  readonly platforms: readonly ("linux" | "windows" | "macos")[];
  /** Makers of accelerators that it drives. */
  readonly vendors: readonly AcceleratorVendor[];
  readonly runsOnProcessor: boolean;
  /** What it takes when nobody says. */
  readonly defaultContext: DefaultContext;
  readonly defaultSequenceCount: number;
  readonly cache: CachePolicy;
  /** Tokens of prompts processed at once. */
  readonly batchedTokenCount: number;
  readonly reserve: Reserve;
  /** How it spreads a model over several cards. */
  readonly splits: readonly ("layers" | "tensor")[];
  /** What it can keep in RAM and still use a card. */
  readonly offloads: readonly ("experts" | "layers")[];
  /** Where these facts were read. */
  readonly sources: readonly string[];
}

/** `trained`: all the model was trained for; `by-memory`: the first step that the accelerators' memory reaches. */
export type DefaultContext =
  | { readonly kind: "trained" }
  | { readonly kind: "fixed"; readonly contextLength: number }
  | {
      readonly kind: "by-memory";
      readonly steps: readonly { readonly fromBytes: number; readonly contextLength: number }[];
    };

/** How a runtime keeps keys and values. */
export interface CachePolicy {
  readonly types: readonly KvCacheType[];
  /** Cells (tokens) are allocated by so many. */
  readonly paddingCells: number;
  /** Sliding layers hold their window, and not the whole context. */
  readonly keepsWindows: boolean;
  /** `pooled`: all sequences share the context asked for; `each`: every one has it. */
  readonly sequences: "pooled" | "each";
}

/** What it takes of a card beside what the model needs. */
export type Reserve =
  | { readonly kind: "as-needed" }
  /** A share of the card's memory is all it uses; `activations` may be within that share or beside it. */
  | {
      readonly kind: "share";
      readonly fraction: number;
      readonly activations: "within" | "beside";
    };

/** The context a runtime takes when nobody says; null where the model's own counts and is not known. */
export function defaultContextLength(
  runtime: Runtime,
  trainedContextLength: number | null,
  acceleratorBytes: number,
): number | null {
  const { defaultContext } = runtime;
  switch (defaultContext.kind) {
    case "trained":
      return trainedContextLength;
    case "fixed":
      return defaultContext.contextLength;
    case "by-memory": {
      const step = defaultContext.steps.find(({ fromBytes }) => acceleratorBytes >= fromBytes);
      return step?.contextLength ?? trainedContextLength;
    }
  }
}

/** True where the runtime loads that packing. */
export function loadsPacking(runtime: Runtime, quantization: QuantizationName): boolean {
  return runtime.packings.includes(packingFamily(quantization));
}

/** True of llama.cpp and what is built on it, and where no runtime is named. */
export function isLikeLlama(
  runtime: Runtime | undefined,
): runtime is (Runtime & { readonly engine: "llama.cpp" }) | undefined {
  return runtime === undefined || runtime.engine === "llama.cpp";
}
