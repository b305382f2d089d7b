import { expect, test } from "vitest";
import { candidateQuantizations } from "#engine/candidates.ts";
import type { QuantizationName, ReleasePrecision } from "#engine/quantization.ts";
import { ARCHITECTURES, type ArchitectureName } from "../fixtures/architectures.ts";

type Row = readonly [
  string,
  ArchitectureName,
  ReleasePrecision,
  QuantizationName,
  readonly QuantizationName[],
];

test.each<Row>([
  [
    "a model released in BF16 may go down to the lowest acceptable type",
    "llama-3-8b",
    "BF16",
    "Q4_K_M",
    ["BF16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M"],
  ],
  [
    "a coarser lowest type adds rungs",
    "llama-3-8b",
    "BF16",
    "Q2_K",
    ["BF16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "IQ4_XS", "Q3_K_M", "IQ3_XXS", "Q2_K"],
  ],
  ["nothing below BF16 is acceptable", "llama-3-8b", "BF16", "BF16", ["BF16"]],
  [
    "gpt-oss keeps its experts in MXFP4 in every GGUF file; the one with the rest at 8 bits has a name of its own",
    "gpt-oss-20b",
    "MXFP4",
    "Q4_K_M",
    ["MXFP4_MOE", "Q6_K", "Q5_K_M", "Q4_K_M"],
  ],
  [
    "a model released in FP8 starts there, and a Q8_0 that is larger is left out",
    "deepseek-v3",
    "FP8",
    "Q4_K_M",
    ["FP8", "Q6_K", "Q5_K_M", "Q4_K_M"],
  ],
])("%s", (_title, ...row) => {
  const [id, precision, lowest, expected] = row;
  expect(candidateQuantizations(ARCHITECTURES[id], precision, lowest)).toEqual(expected);
});
