/** Element types of a KV cache, as llama.cpp's `--cache-type-k` spells them, and `fp8`, which others have. */
export const KV_CACHE_TYPES = ["f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "fp8"] as const;

export type KvCacheType = (typeof KV_CACHE_TYPES)[number];
