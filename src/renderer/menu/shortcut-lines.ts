import { SHORTCUTS } from "#shared/shortcuts.ts";
import { say } from "#words/say.ts";

/** One line of the list: keys that are pressed together, or one of several that do the like, and what they do. */
export interface ShortcutLine {
  readonly keys: readonly (readonly string[])[];
  readonly what: string;
}

/** The shortcuts that there are, of the whole window and of its list. */
export function windowShortcuts(isMac: boolean): readonly ShortcutLine[] {
  const line = (what: string, ...accelerators: readonly string[]): ShortcutLine => ({
    keys: accelerators.map((accelerator) => accelerator.split("+").map((key) => keyName(key, isMac))),
    what,
  });
  return [
    line(say("Find a model"), "CmdOrCtrl+F"),
    line(say("Copy question"), SHORTCUTS["copy-question"]),
    line(say("Paste question"), SHORTCUTS["paste-question"]),
    line(say("Export report…"), SHORTCUTS.export),
    line(say("Detect the hardware again"), SHORTCUTS.detect),
    line(say("Reload"), "CmdOrCtrl+R"),
    line(say("Toggle Full Screen"), isMac ? "Control+CmdOrCtrl+F" : "F11"),
    ...(isMac ? [] : [line(say("Show the menu"), "Alt")]),
    line(say("Keyboard shortcuts"), SHORTCUTS.shortcuts),
  ];
}

export function listShortcuts(): readonly ShortcutLine[] {
  return [
    { keys: [["↑"], ["↓"]], what: say("The model above or below") },
    { keys: [[say("Page Up")], [say("Page Down")]], what: say("Ten models up or down") },
    { keys: [[say("Home")], [say("End")]], what: say("The first or the last model") },
    { keys: [[say("Enter")]], what: say("Open the model") },
    { keys: [[say("Esc")]], what: say("Close the model") },
  ];
}

function keyName(key: string, isMac: boolean): string {
  if (key === "CmdOrCtrl") return isMac ? "⌘" : say("Ctrl");
  if (key === "Shift") return isMac ? "⇧" : say("Shift");
  return key === "Control" ? "⌃" : key;
}
