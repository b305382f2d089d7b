import type { FeedForward, Mixer } from "#engine/model.ts";
import type { Config, JsonObject } from "./config-reader.ts";

/** A part of a layer with its norm weights and biases. */
export interface Part<Kind> {
  readonly kind: Kind;
  readonly smallParameterCount: number;
}

/** Tokens a layer looks back; null for all. */
export type WindowRule = (config: Config, layer: number) => number | null;

/**
 * What the code of a model family does beyond what its config states: where norms and biases are, which keys it
 * reads, and what it implies for those that are left out.
 */
export interface Traits {
  /** Values that the family's configuration class has where a file states none. */
  readonly implied?: JsonObject;
  /** Usual key → the family's own key. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Switches that change the layers in a way that is not described here. */
  readonly mustBeOff?: readonly string[];
  readonly normsPerLayer: number;
  readonly normContent: "weight" | "weight-and-bias" | "nothing";
  readonly projections?: "separate" | "fused";
  readonly attentionBias?: (config: Config) => "none" | "qkv" | "qkvo";
  /** Norms of queries and keys: one weight vector of the head's length each, or of the whole width. */
  readonly queryKeyNorm?: (config: Config) => "none" | "per-head" | "whole-width";
  /** One learned logit a head (gpt-oss). */
  readonly hasSinks?: boolean;
  readonly kvHeadCount?: (config: Config) => number;
  readonly window?: WindowRule;
  readonly feedForward: (config: Config, layer: number) => Part<FeedForward>;
  /** Instead of plain attention. */
  readonly mixer?: (config: Config, layer: number) => Part<Mixer>;
  readonly hasOutputBias?: (config: Config) => boolean;
  /** Output matrix is the token embedding where the file does not say; null where that cannot be told. */
  readonly tiedUnlessStated: boolean | null;
  readonly learnedPositionKey?: string;
}
