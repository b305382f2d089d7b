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

/** Two sources that state different parameter counts of one model. */
export interface SourceDisagreement {
  readonly modelId: string;
  readonly stated: number;
  /** The other source's count. */
  readonly other: number;
  /** Both sources and how it was decided, as the entry's notes say. */
  readonly note: string;
}

const SOURCES_DIFFER = "Sources differ on the parameter count:";

/** Those of the notes whose counts are furthest apart, by the ratio of the larger to the smaller. */
export function largestSourceDisagreements(models: readonly Model[]): readonly SourceDisagreement[] {
  const all = models.flatMap((model) =>
    model.notes.flatMap((note) => (note.startsWith(SOURCES_DIFFER) ? sourceDisagreement(model, note) : [])),
  );
  return all.sort((one, other) => ratioOf(other) - ratioOf(one)).slice(0, MOST);
}

function sourceDisagreement({ id, parameterCount: stated }: Model, note: string): SourceDisagreement[] {
  if (!isKnown(stated)) return [];
  const counts = [...note.matchAll(/(\d[\d,]{4,}) \(/g)].map(([, digits = ""]) =>
    Number(digits.replaceAll(",", "")),
  );
  const other = counts.find((count) => count !== stated.value);
  return other === undefined ? [] : [{ modelId: id, stated: stated.value, other, note }];
}

function ratioOf({ stated, other }: SourceDisagreement): number {
  return Math.max(stated, other) / Math.min(stated, other);
}

export function sourceDisagreementLines(all: readonly SourceDisagreement[]): readonly string[] {
  return all.map(({ modelId, note }) => `  ${modelId}: ${note.slice(SOURCES_DIFFER.length).trim()}`);
}
