import { expect, test } from "vitest";
import { tensorTypeIn, type MixtureModel } from "#engine/memory/tensor-mixture.ts";
import { placeClasses } from "#engine/memory/tensor-place.ts";
import type { TensorRole } from "#engine/memory/tensors.ts";
import { QUANTIZATIONS, type QuantizationName } from "#engine/quantization.ts";

/** The roles whose type depends on the place. */
const ROLES: readonly TensorRole[] = ["attention-v", "attention-k", "attention-output", "ffn-down", "ffn-up"];
const LAYER_COUNTS = [1, 2, 7, 16, 28, 32, 47, 61, 80, 94, 126];

const MODELS = LAYER_COUNTS.flatMap((layerCount) =>
  [1, 4, 8, 128].flatMap((expertCount) =>
    [1, 8].map((groupedQueryRatio) => ({
      layerCount,
      expertCount,
      groupedQueryRatio,
      valueTensorCount: layerCount,
    })),
  ),
);

test.each(Object.keys(QUANTIZATIONS) as QuantizationName[])(
  "%s stores tensors at places of one class alike",
  (quantization) => {
    for (const model of MODELS) {
      const typesByClass = new Map<number, Set<string>>();
      for (const [index, placeClass] of placeClasses(model.layerCount).entries()) {
        const types = ROLES.map((role) => typeAt(quantization, role, model, index)).join(" ");
        typesByClass.set(placeClass, (typesByClass.get(placeClass) ?? new Set()).add(types));
      }
      for (const types of typesByClass.values()) expect([...types]).toHaveLength(1);
    }
  },
);

function typeAt(
  quantization: QuantizationName,
  role: TensorRole,
  model: MixtureModel,
  index: number,
): string {
  const tensor = { role, rowLength: 4096, elementCount: 4096, isRoutedExpert: false };
  return tensorTypeIn(quantization, tensor, model, {
    tiedEmbeddings: false,
    valueIndex: index,
    downIndex: index,
  });
}

test("a place behind the last, where a layer has no such tensor, has a class too", () => {
  expect(placeClasses(3)).toHaveLength(4);
});
