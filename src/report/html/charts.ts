import type { Bar, BarChart, RangeChart } from "#report/block.ts";
import { escaped, place } from "./markup.ts";

/** All pictures are drawn this wide and scale with the page; narrow, so that words are large enough on a phone. */
const WIDTH = 480;
const LABEL_HEIGHT = 18;
const BAR_HEIGHT = 16;
const ROW_HEIGHT = LABEL_HEIGHT + BAR_HEIGHT + 12;
/** Between parts of a bar, so that neighbours are told apart without their colours. */
const GAP = 1;

/** Stacked bars, each as long as its whole, with a list of what the colours mean. */
export function barChart({ title, description, bars }: BarChart, id: string): string {
  const height = bars.length * ROW_HEIGHT;
  const drawn = bars.map((bar, index) => barMarkup(bar, index * ROW_HEIGHT)).join("");
  return figure({ title, description, height, drawn, id, legend: legend(bars) });
}

function barMarkup({ label, parts }: Bar, top: number): string {
  const whole = parts.reduce((sum, { size }) => sum + size, 0);
  const y = top + LABEL_HEIGHT;
  let x = 0;
  const rectangles = parts.map(({ key, size }) => {
    const width = whole === 0 ? 0 : (size / whole) * WIDTH;
    const drawn = `<rect class="part-${escaped(key)}" x="${place(x)}" y="${place(y)}" width="${place(Math.max(0.5, width - GAP))}" height="${BAR_HEIGHT}"/>`;
    x += width;
    return drawn;
  });
  return `<text x="0" y="${place(top + LABEL_HEIGHT - 5)}">${escaped(label)}</text>${rectangles.join("")}`;
}

function legend(bars: readonly Bar[]): string {
  const parts = new Map(bars.flatMap((bar) => bar.parts.map(({ key, label }) => [key, label] as const)));
  const items = [...parts].map(
    ([key, label]) =>
      `<li><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="part-${escaped(key)}" width="10" height="10"/></svg>${escaped(label)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

const AXIS_HEIGHT = 24;

/** Intervals on one scale: a line from end to end, a point at the most likely. */
export function rangeChart({ title, description, unit, isFromZero, rows }: RangeChart, id: string): string {
  const ticks = ticksOf(
    isFromZero ? 0 : Math.min(...rows.map(({ low }) => low)),
    Math.max(...rows.map(({ high }) => high)),
  );
  const [first, last] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const at = (value: number): number => 8 + ((value - first) / (last - first)) * (WIDTH - 16);
  const axisTop = rows.length * ROW_HEIGHT;
  const lines = ticks.map(
    (tick) =>
      `<line class="grid" x1="${place(at(tick))}" x2="${place(at(tick))}" y1="0" y2="${axisTop}"/><text class="tick" text-anchor="${anchor(tick, first, last)}" x="${place(at(tick))}" y="${axisTop + 16}">${tick}</text>`,
  );
  const drawn = rows.map(({ label, text, low, mid, high }, index) => {
    const top = index * ROW_HEIGHT;
    const y = place(top + LABEL_HEIGHT + BAR_HEIGHT / 2);
    return [
      `<text x="0" y="${place(top + LABEL_HEIGHT - 5)}">${escaped(`${label}: ${text}`)}</text>`,
      `<line class="range" x1="${place(at(low))}" x2="${place(at(high))}" y1="${y}" y2="${y}"/>`,
      `<circle class="point" cx="${place(at(mid))}" cy="${y}" r="5"/>`,
    ].join("");
  });
  const all = [...lines, ...drawn].join("");
  return figure({
    title: `${title}, ${unit}`,
    description,
    height: axisTop + AXIS_HEIGHT,
    drawn: all,
    id,
    legend: "",
  });
}

function anchor(tick: number, first: number, last: number): string {
  if (tick === last) return "end";
  return tick === first ? "start" : "middle";
}

const MOST_STEPS = 5;

/** Round numbers from at or below the first to at or above the last. */
export function ticksOf(first: number, last: number): readonly number[] {
  const span = last > first ? last - first : 1;
  const power = 10 ** Math.floor(Math.log10(span / MOST_STEPS));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((each) => span / each <= MOST_STEPS) ?? span;
  const from = Math.floor(first / step);
  const to = Math.max(from + 1, Math.ceil(last / step));
  return Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * step).toPrecision(12)));
}

interface Figure {
  readonly title: string;
  readonly description: string;
  readonly height: number;
  readonly drawn: string;
  readonly id: string;
  readonly legend: string;
}

function figure({ title, description, height, drawn, id, legend: below }: Figure): string {
  return `<figure>
<figcaption>${escaped(title)}</figcaption>
<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">${escaped(title)}</title><desc id="${id}-description">${escaped(description)}</desc>${drawn}</svg>
${below}</figure>`;
}
