import { isKnown } from "#engine/fact.ts";
import { parameterCount } from "#engine/memory/tensors.ts";
import type { Model } from "#engine/model.ts";
import { formatParameterCount } from "#shared/format.ts";

/** A model whose tensors do not add up to what its maker publishes. */
export interface Disagreement {
  readonly modelId: string;
  readonly published: number;
  /** What the tensors of its architecture hold. */
  readonly computed: number;
  /** How it was decided, as the entry's notes say; null where they do not. */
  readonly note: string | null;
}

const MOST = 5;

/** Those furthest apart. Memory is computed from the tensors; the published count is shown as it is. */
export function largestDisagreements(models: readonly Model[]): readonly Disagreement[] {
  const all = models.flatMap(
    ({ id, architecture, parameterCount: stated, notes }): readonly Disagreement[] =>
      isKnown(architecture) && isKnown(stated)
        ? [
            {
              modelId: id,
              published: stated.value,
              computed: parameterCount(architecture.value),
              note: notes.find((note) => /\bpublished (?:count|size)\b/.test(note)) ?? null,
            },
          ]
        : [],
  );
  return all.sort((one, other) => offBy(other) - offBy(one)).slice(0, MOST);
}

function offBy({ published, computed }: Disagreement): number {
  return Math.abs(computed / published - 1);
}

export function disagreementLines(all: readonly Disagreement[]): readonly string[] {
  return all.map((each) => {
    const { modelId, published, computed, note } = each;
    const counts = `published ${formatParameterCount(published)}, tensors hold ${formatParameterCount(computed)}`;
    return `  ${modelId}: ${counts} (${(offBy(each) * 100).toFixed(0)} % apart)${note === null ? "" : `. ${note}`}`;
  });
}
