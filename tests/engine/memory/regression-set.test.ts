import { describe, expect, test } from "vitest";
import { weightsBytes, type ExpertPacking } from "#engine/memory/weights.ts";
import { demandOf, type Demand } from "#engine/placement/demand.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { shippedArchitecture } from "../../catalog/shipped.ts";

/** One group of tensors: how many elements it has, and bytes of an element. */
type Group = readonly [what: string, elementCount: number, elementBytes: number];

interface Reckoned {
  readonly id: string;
  readonly experts?: ExpertPacking;
  /** Matrices are stored in F16 (2 bytes), norms, biases and routers in F32 (4 bytes). */
  readonly groups: readonly Group[];
  readonly weightsBytes: number;
  /** Keys and values in F16 at 8,192 and at 131,072 tokens, one sequence, a micro-batch of 512. */
  readonly kvCacheBytes: readonly [number, number];
  readonly recurrentStateBytes: number;
}

const F16 = 2;
const F32 = 4;
/** 32 elements of four bits and one scale of eight. */
const MXFP4 = 17 / 32;

const GPT_OSS_GROUPS: readonly Group[] = [
  ["table and output", 2 * 201_088 * 2880, F16],
  ["q and output of 64 heads × 64; k and v of 8", 24 * (2 * 2880 * 4096 + 2 * 2880 * 512), F16],
  ["routers", 24 * 2880 * 32, F32],
  ["norms; biases of q, k, v, output, router and experts; sinks", 24 * 290_336 + 2880, F32],
];

/** 12 full layers hold the context, 12 sliding ones 128 + 512 + 1 cells, padded to 768; 8 heads × (64 + 64). */
const GPT_OSS_CACHE = [12 * (8192 + 768) * 8 * 128 * 2, 12 * (131_072 + 768) * 8 * 128 * 2] as const;

const SET: readonly Reckoned[] = [
  {
    id: "llama-3.1-8b",
    groups: [
      ["table and output", 2 * 128_256 * 4096, F16],
      ["q and output of 32 heads × 128; k and v of 8", 32 * (2 * 4096 * 4096 + 2 * 4096 * 1024), F16],
      ["gate, up and down", 32 * 3 * 4096 * 14_336, F16],
      ["two norms a layer and the last", 65 * 4096, F32],
    ],
    weightsBytes: 16_061_054_976,
    kvCacheBytes: [1_073_741_824, 17_179_869_184], // 32 × context × 8 × (128 + 128) × 2
    recurrentStateBytes: 0,
  },
  {
    id: "mixtral-8x7b",
    groups: [
      ["table and output", 2 * 32_000 * 4096, F16],
      ["q and output of 32 heads × 128; k and v of 8", 32 * (2 * 4096 * 4096 + 2 * 4096 * 1024), F16],
      ["gate, up and down of 8 experts", 32 * 8 * 3 * 4096 * 14_336, F16],
      ["routers", 32 * 4096 * 8, F32],
      ["two norms a layer and the last", 65 * 4096, F32],
    ],
    weightsBytes: 93_408_215_040,
    kvCacheBytes: [1_073_741_824, 17_179_869_184], // 32 × context × 8 × (128 + 128) × 2
    recurrentStateBytes: 0,
  },
  {
    id: "gemma-3-27b",
    groups: [
      ["table, which is the output too", 262_208 * 5376, F16],
      ["q and output of 32 heads × 128; k and v of 16", 62 * (2 * 5376 * 4096 + 2 * 5376 * 2048), F16],
      ["gate, up and down", 62 * 3 * 5376 * 21_504, F16],
      ["four norms a layer, those of q and k, and the last", 62 * (4 * 5376 + 2 * 128) + 5376, F32],
    ],
    weightsBytes: 54_021_401_600,
    // 10 full layers hold the context, 52 sliding ones 1024 + 512 + 1 cells, padded to 1792; 16 heads × (128 + 128) × 2
    kvCacheBytes: [1_434_451_968, 11_500_781_568],
    recurrentStateBytes: 0,
  },
  {
    id: "gpt-oss-20b", // its files called F16 keep the experts as they were released
    experts: "MXFP4",
    groups: [...GPT_OSS_GROUPS, ["gate, up and down of 32 experts", 24 * 32 * 3 * 2880 * 2880, MXFP4]],
    weightsBytes: 13_779_630_336,
    kvCacheBytes: GPT_OSS_CACHE,
    recurrentStateBytes: 0,
  },
  {
    id: "gpt-oss-20b", // with its experts widened as well
    groups: [...GPT_OSS_GROUPS, ["gate, up and down of 32 experts", 24 * 32 * 3 * 2880 * 2880, F16]],
    weightsBytes: 41_847_879_936,
    kvCacheBytes: GPT_OSS_CACHE,
    recurrentStateBytes: 0,
  },
  {
    id: "deepseek-v3",
    groups: [
      ["table and output", 2 * 129_280 * 7168, F16],
      ["queries down to 1536 and up to 128 heads × (128 + 64)", 61 * (7168 * 1536 + 1536 * 24_576), F16],
      ["down to the latent and one rotary key", 61 * 7168 * (512 + 64), F16],
      ["from the latent to keys and values of 128 heads × 128", 61 * 2 * 512 * 128 * 128, F16],
      ["output", 61 * 128 * 128 * 7168, F16],
      ["gate, up and down of the first three layers", 3 * 3 * 7168 * 18_432, F16],
      ["gate, up and down of 256 experts and a shared one", 58 * 257 * 3 * 7168 * 2048, F16],
      ["routers", 58 * 7168 * 256, F32],
      ["norms of each layer, of its queries and latent", 61 * (2 * 7168 + 1536 + 512) + 7168, F32],
      ["biases of the routers", 58 * 256, F32],
    ],
    weightsBytes: 1_342_267_742_208,
    kvCacheBytes: [575_668_224, 9_210_691_584], // 61 × context × (512 + 64) × 2: values are read from the latent
    recurrentStateBytes: 0,
  },
  {
    id: "qwen3-next-80b-a3b",
    groups: [
      ["table and output", 2 * 151_936 * 2048, F16],
      [
        // 16 heads of queries and of keys, 32 of values, all × 128; their gate; one scale and one step a head
        "q, k and v, gate, scales and output of 36 linear layers",
        36 * (2048 * 8192 + 2048 * 4096 + 2048 * 64 + 4096 * 2048),
        F16,
      ],
      [
        "q, its gate and output of 16 heads × 256, k and v of 2, of 12 full layers",
        12 * (3 * 2048 * 4096 + 2 * 2048 * 512),
        F16,
      ],
      ["gate, up and down of 512 experts and a shared one", 48 * 513 * 3 * 2048 * 512, F16],
      ["routers", 48 * 2048 * 512, F32],
      ["two norms and the shared expert's gate a layer, and the last norm", 48 * 3 * 2048 + 2048, F32],
      ["convolutions, decays, steps and norms of linear layers", 36 * (8192 * 4 + 2 * 32 + 128), F32],
      ["norms of q and k", 12 * 2 * 256, F32],
    ],
    weightsBytes: 159_452_425_216,
    kvCacheBytes: [201_326_592, 3_221_225_472], // 12 × context × 2 × (256 + 256) × 2
    // 36 × (32 heads × 128 × 128, and three earlier tokens of 8192) in F32
    recurrentStateBytes: 79_036_416,
  },
];

const CONTEXTS = [8192, 131_072] as const;

describe.each(SET.map((row) => [row.id, row.experts ?? "as-the-rest", row] as const))(
  "%s in F16, experts %s",
  (id, experts, row) => {
    const [short, long] = CONTEXTS.map((contextLength): Demand => {
      const scenario = { ...DEFAULT_SCENARIO, contextLength };
      return demandOf(shippedArchitecture(id), "F16", scenario, experts);
    });

    test("weights are the sum of their groups", () => {
      const sum = row.groups.reduce((bytes, [, count, elementBytes]) => bytes + count * elementBytes, 0);
      expect(sum).toBe(row.weightsBytes);
      for (const demand of [short, long]) {
        expect(demand === undefined ? null : weightsBytes(demand.weights)).toBe(row.weightsBytes);
      }
    });

    test("keys and values at 8,192 and 131,072 tokens", () => {
      expect([short?.kvCacheBytes, long?.kvCacheBytes]).toEqual(row.kvCacheBytes);
    });

    test("recurrent state is the same at both", () => {
      expect([short?.recurrentStateBytes, long?.recurrentStateBytes]).toEqual([
        row.recurrentStateBytes,
        row.recurrentStateBytes,
      ]);
    });
  },
);
