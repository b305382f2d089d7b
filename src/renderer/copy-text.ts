/** Puts text on the clipboard; false where the window may not (a denied permission, a lost focus). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // the caller then selects the text, so that the person's own shortcut copies it
  }
}

/** Selects all text of an element. */
export function selectText(element: Element): void {
  window.getSelection()?.selectAllChildren(element);
}
