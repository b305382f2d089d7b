/** The lines of the menu that the page does, with their shortcuts as Electron writes them; the window lists the same. */
export const SHORTCUTS = {
  export: "CmdOrCtrl+E",
  "copy-question": "CmdOrCtrl+Shift+C",
  "paste-question": "CmdOrCtrl+Shift+V",
  detect: "CmdOrCtrl+D",
  shortcuts: "F1",
} as const;

export type MenuChoice = keyof typeof SHORTCUTS;
