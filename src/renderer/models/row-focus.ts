/** The element id of a model's button in the list. */
export function rowElementId(modelId: string): string {
  return `model-${modelId}`;
}

/** Puts the keyboard back on a model's line, where it is still listed. */
export function focusRow(modelId: string | null): void {
  if (modelId !== null) document.getElementById(rowElementId(modelId))?.focus();
}

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrow keys go from line to line; Tab does as well. */
export function moveWithArrows(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const step = STEPS[event.key];
  const table = event.currentTarget.closest("table");
  if (step === undefined || table === null) return;
  const buttons = [...table.querySelectorAll("button")];
  const next = buttons[buttons.findIndex((button) => button === event.currentTarget) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
