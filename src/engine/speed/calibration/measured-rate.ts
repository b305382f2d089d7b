/** A rate somebody measured, as a program printed it. */
export interface MeasuredRate {
  readonly test: "decode" | "prefill";
  readonly tokensPerSecond: number;
  /** As the program calls the model ("llama 8B Q4_K - Medium", "qwen3:8b"); null where it does not say. */
  readonly model: string | null;
  /** In the program's words; null where it does not say. */
  readonly quantization: string | null;
  /** Back end in the program's words ("CUDA", "Metal"); null where it does not say. */
  readonly backend: string | null;
  /** Tokens in the cache before the test; null where it does not say. */
  readonly depth: number | null;
  /** Tokens of the prompt, or generated; null where it does not say. */
  readonly tokenCount: number | null;
  readonly program: "llama-bench" | "ollama" | "vllm";
}

/** What a program's output holds. */
export type ReadRates =
  | { readonly kind: "ok"; readonly rates: readonly MeasuredRate[] }
  | { readonly kind: "failed"; readonly message: string };
