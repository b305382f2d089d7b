import { sequenceContext } from "#engine/speed/speed-of-fit.ts";
import type { TimedModel } from "#cli/speed-answer.ts";
import { speedSentences } from "#shared/speed-text.ts";
import { wrapText } from "./paragraph.ts";
import type { Style } from "./style.ts";

/** How fast one model answers, and what that rests on. */
export function speedLines(
  { fit, speed }: Pick<TimedModel, "fit" | "speed">,
  { style, columns }: { readonly style: Style; readonly columns: number | null },
): readonly string[] {
  const sentences = speedSentences(speed, {
    depth: sequenceContext(fit.scenario),
    sequenceCount: fit.scenario.parallelSequenceCount,
  });
  return [
    "",
    style("bold", "Speed"),
    ...sentences.flatMap((sentence) => wrapText(sentence, { width: columns, indent: 2 })),
  ];
}
