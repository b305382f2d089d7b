import { findQuantization, type QuantizationName } from "#engine/quantization.ts";
import type { KvCacheType } from "#engine/kv-cache-type.ts";

/** How sources write what the catalog calls otherwise. The last matching line is not reached by the ones above. */
const WRITTEN: readonly (readonly [RegExp, QuantizationName])[] = [
  [/^FP8\b(?!.*KV)/, "FP8"],
  [/^(?:GPTQ-Int8|GPTQ8-g128|AWQ8-g128|bitsandbytes 8bit)$/, "INT8"],
  [/^(?:GPTQ-Int4|GPTQ4-g128|GPTQ-4bit(?:-g128)?|GPTQ-128g|GPTQ 4-bit|W4A16 GPTQ)$/, "GPTQ"],
  [/^(?:AWQ-Int4|AWQ4-g128|INT4-AWQ|W4A16 AWQ)$/, "AWQ"],
  [/^(?:NF4 4-bit|nf4|nf4 double-quant|bitsandbytes 4bitnf4)$/i, "NF4"],
  [/^NVFP4 experts$/, "NVFP4"],
  [/^(?:MLX q8|8-bit MLX)$/, "MLX_8BIT"],
  [/^MLX q6$/, "MLX_6BIT"],
  [/^(?:MLX q4|4-bit MLX)$/, "MLX_4BIT"],
  [/^EXL2 7\.99 bpw$/, "EXL2_8BPW"],
  [/^EXL2 6\.49 bpw$/, "EXL2_6BPW"],
  [/^EXL2 5\.00 bpw$/, "EXL2_5BPW"],
  [/^EXL2 4\.25 bpw$/, "EXL2_4BPW"],
  [/^(?:RTN-4bit|W4A16 RTN|W4A16 opt RTN)$/, "INT4"],
];

/** llama.cpp's own types as published: with or without an importance matrix, not another tool's variant of them. */
const OTHER_MAKE =
  /AutoRound|optimised RTN|opt RTN|ik PR|UD-|XL|mix|smol|imatrix, w=|COSSIM|_R4|pure q4_0|google/i;

/** The packing a row is about; null where the catalog knows none such. */
export function packingName(written: string): QuantizationName | null {
  const known = WRITTEN.find(([pattern]) => pattern.test(written));
  if (known !== undefined) return known[1];
  if (OTHER_MAKE.test(written)) return null;
  const pure = /^(Q[2-5]_K) pure/.exec(written)?.[1];
  if (pure !== undefined) return findQuantization(`${pure}_S`);
  const name = /(?:^|bartowski )(I?Q\d_\w+?)(?=\+imatrix|[ (]|$| pure)/i.exec(written)?.[1];
  return name === undefined ? null : findQuantization(name);
}

/** The type of both halves of a cache; null where the halves differ or the type is none of llama.cpp's. */
export function cacheType(written: string): KvCacheType | null {
  const both = /K (q\d_\d), V (q\d_\d)/.exec(written);
  if (both !== null) return both[1] === both[2] ? toCacheType(both[1]) : null;
  if (written.endsWith("KV Q4 (Hadamard)")) return "q4_0"; // 4-bit values in blocks of 32 with a 16-bit scale, rotated
  if (written.endsWith("KV FP8")) return "fp8"; // ExLlamaV2's: the upper half of each FP16 value
  return toCacheType(/(?:K cache|KV) (q\d_\d)$/.exec(written)?.[1]);
}

function toCacheType(written: string | undefined): KvCacheType | null {
  const types = ["q8_0", "q5_1", "q5_0", "q4_1", "q4_0"] as const;
  return types.find((type) => type === written) ?? null;
}
