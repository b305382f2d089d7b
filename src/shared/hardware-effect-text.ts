import { isScored, type Option } from "#advice/option.ts";
import type { Task } from "#advice/task.ts";
import { commaText } from "#words/lists.ts";
import { fixedText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { adviceTaskLabel } from "./advice-text.ts";
import { formatRateRange } from "./format.ts";

/** What a machine is good for, in short. */
export interface MachineWorth {
  /** Models that run on it one way or another. */
  readonly runningCount: number;
  /** The best for the task; null where nothing suits and fits. */
  readonly best: Option | null;
}

/** What a change of a machine's parts brings: how many more run, and what is best before and after. */
export function hardwareEffectTexts(
  before: MachineWorth,
  after: MachineWorth,
  task: Task,
): readonly string[] {
  return [countText(before.runningCount, after.runningCount), bestText(before.best, after.best, task)];
}

function countText(before: number, after: number): string {
  const values = { before, after, count: Math.abs(after - before) };
  if (after === before) return say("As many models run as before: {after}.", values);
  return after > before
    ? say("{count, plural, one {# more model runs} other {# more models run}}: {before} → {after}.", values)
    : say(
        "{count, plural, one {# model fewer runs} other {# models fewer run}}: {before} → {after}.",
        values,
      );
}

function bestText(before: Option | null, after: Option | null, task: Task): string {
  const isRepacked = before?.model.id === after?.model.id && before?.quantization !== after?.quantization;
  const texts = { before: pickText(before, isRepacked), after: pickText(after, isRepacked) };
  const values = { task: adviceTaskLabel(task), ...texts };
  return texts.before === texts.after
    ? say("Best for {task} as before: {pick}.", { task: values.task, pick: texts.after })
    : say("Best for {task}: {before} → {after}.", values);
}

/** "Qwen3.6 35B A3B (quality 73, 20 to 59 tokens/s)"; with its packing where that is what changes. */
function pickText(option: Option | null, isRepacked: boolean): string {
  if (option === null) return say("nothing");
  const { model, quantization, quality, speed } = option;
  const name = isRepacked ? say("{name} at {quantization}", { name: model.name, quantization }) : model.name;
  const points = isScored(option)
    ? [say("quality {points}", { points: fixedText(quality.net.index, 0) })]
    : [];
  const rate = speed.kind === "missing" ? [] : [formatRateRange(speed.decodeTokensPerSecond)];
  const figures = [...points, ...rate.map((range) => say("{rate} tokens/s", { rate: range }))];
  return figures.length === 0 ? name : `${name} (${commaText(figures)})`;
}
