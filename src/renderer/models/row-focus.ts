/** The element id of a model's button in the list. */
export function rowElementId(modelId: string): string {
  return `model-${modelId}`;
}

/** Puts the keyboard back on a model's line, where it is still listed. */
export function focusRow(modelId: string | null): void {
  if (modelId !== null) document.getElementById(rowElementId(modelId))?.focus();
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

/** Arrow keys, page keys, Home and End go from line to line; Tab leaves the list, which is one stop. */
export function moveBetweenRows(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const table = event.currentTarget.closest("table");
  if (table === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const lines = [...table.querySelectorAll<HTMLElement>("[data-line]")];
  const from = lines.findIndex((line) => line === event.currentTarget);
  const target = targetIndex(event.key, from, lines.length);
  if (target === null) return;
  event.preventDefault();
  lines[target]?.focus();
}
