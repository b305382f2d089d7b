import type { VerdictGroup } from "#engine/ranking.ts";

/** The element id of a model's button in the list. */
export function rowElementId(modelId: string): string {
  return `model-${modelId}`;
}

/** The element id of a group's heading in the list. */
export function groupElementId(group: VerdictGroup): string {
  return `models-${group}`;
}

/** For screen readers, who count the headings' row as well, and from one. */
export function rowIndexOf(index: number): number {
  return index + 2;
}

/** Puts the keyboard back on a model's line, where it is still listed. */
export function focusRow(modelId: string | null): void {
  if (modelId !== null) document.getElementById(rowElementId(modelId))?.focus();
}

/** The element id of the list's heading. */
export const LIST_HEADING_ID = "models-heading";

/** Brings the list's beginning into view, and the keyboard and screen readers to it. */
export function focusList(): void {
  const heading = document.getElementById(LIST_HEADING_ID);
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: "start" });
}

/** So many lines a page: about what a window shows. */
const PAGE_LENGTH = 10;

/** Where a key goes to from a line, of that many; null where it goes nowhere. */
export function targetIndex(key: string, index: number, count: number): number | null {
  const last = count - 1;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: Math.min(last, index + PAGE_LENGTH),
    PageUp: Math.max(0, index - PAGE_LENGTH),
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined || target < 0 || target > last || target === index ? null : target;
}

/** Where a key press goes to from a line; null where it is none of the list's. */
export function pressedIndex(event: KeyboardEvent, index: number, count: number): number | null {
  return event.ctrlKey || event.metaKey || event.altKey ? null : targetIndex(event.key, index, count);
}

/** Puts the keyboard on an element that has just come into the page, and keeps it seen when heights are measured. */
export function focusElement(id: string): void {
  const element = document.getElementById(id);
  element?.focus();
  requestAnimationFrame(() => {
    if (document.activeElement === element) element?.scrollIntoView({ block: "nearest" });
  });
}
