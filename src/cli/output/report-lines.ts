import { changeSentence, changeSentences } from "#report/changes-text.ts";
import type { Report } from "#report/report.ts";
import { wrapText } from "./paragraph.ts";

/** What changed since an older report, a line each. */
export function changesLines({ changes }: Report, width: number | null): readonly string[] {
  if (changes === null) return [];
  const since = changes.since.slice(0, 10);
  if (changes.changes.length === 0) return [`Nothing changed since ${since}.`];
  return [
    `What changed since ${since}:`,
    ...changeSentences(changes.changes).flatMap((text) => wrapText(text, { width, indent: 2 })),
  ];
}

/** `report --diff --json`. */
export function changesAnswer({ changes, madeAt }: Report): object {
  const list = changes?.changes ?? [];
  return {
    schemaVersion: 1,
    since: changes?.since ?? null,
    madeAt,
    changes: list.map((change) => ({ ...change, sentence: changeSentence(change) })),
  };
}
