import { app, type MenuItemConstructorOptions } from "electron";
import { say } from "#words/say.ts";

/*
 * What Electron's own `editMenu`, `viewMenu`, `windowMenu` and `appMenu` hold, spelt out: theirs are in English whatever
 * the system speaks.
 */

const SEPARATOR: MenuItemConstructorOptions = { type: "separator" };

/** With lines of our own at its end. */
export function editMenu(
  isMac: boolean,
  own: readonly MenuItemConstructorOptions[],
): MenuItemConstructorOptions {
  const all: MenuItemConstructorOptions = { role: "selectAll", label: say("Select All") };
  const remove: MenuItemConstructorOptions = { role: "delete", label: say("Delete") };
  return {
    role: "editMenu",
    label: say("Edit"),
    submenu: [
      { role: "undo", label: say("Undo") },
      { role: "redo", label: say("Redo") },
      SEPARATOR,
      { role: "cut", label: say("Cut") },
      { role: "copy", label: say("Copy") },
      { role: "paste", label: say("Paste") },
      ...(isMac
        ? [
            { role: "pasteAndMatchStyle" as const, label: say("Paste and Match Style") },
            remove,
            all,
            SEPARATOR,
            speechMenu(),
          ]
        : [remove, SEPARATOR, all]),
      ...own,
    ],
  };
}

function speechMenu(): MenuItemConstructorOptions {
  return {
    label: say("Speech"),
    submenu: [
      { role: "startSpeaking", label: say("Start Speaking") },
      { role: "stopSpeaking", label: say("Stop Speaking") },
    ],
  };
}

/** With lines of our own at its end. */
export function viewMenu(own: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions {
  return {
    role: "viewMenu",
    label: say("View"),
    submenu: [
      { role: "reload", label: say("Reload") },
      { role: "forceReload", label: say("Force Reload") },
      { role: "toggleDevTools", label: say("Toggle Developer Tools") },
      SEPARATOR,
      { role: "resetZoom", label: say("Actual Size") },
      { role: "zoomIn", label: say("Zoom In") },
      { role: "zoomOut", label: say("Zoom Out") },
      SEPARATOR,
      { role: "togglefullscreen", label: say("Toggle Full Screen") },
      ...own,
    ],
  };
}

export function windowMenu(isMac: boolean): MenuItemConstructorOptions {
  return {
    role: "windowMenu",
    label: say("Window"),
    submenu: [
      { role: "minimize", label: say("Minimize") },
      { role: "zoom", label: say("Zoom") },
      ...(isMac
        ? [SEPARATOR, { role: "front" as const, label: say("Bring All to Front") }]
        : [{ role: "close" as const, label: say("Close") }]),
    ],
  };
}

/** The first menu of macOS, which has the program's name. */
export function appMenu(): MenuItemConstructorOptions {
  const { name } = app;
  return {
    role: "appMenu",
    label: name,
    submenu: [
      { role: "about", label: say("About Fitment") },
      SEPARATOR,
      { role: "services", label: say("Services") },
      SEPARATOR,
      { role: "hide", label: say("Hide {name}", { name }) },
      { role: "hideOthers", label: say("Hide Others") },
      { role: "unhide", label: say("Show All") },
      SEPARATOR,
      { role: "quit", label: say("Quit {name}", { name }) },
    ],
  };
}

/** What ends the File menu: elsewhere than on macOS the program, which ends with its window. */
export function lastOfFileMenu(platform: NodeJS.Platform): MenuItemConstructorOptions {
  if (platform === "darwin") return { role: "close", label: say("Close Window") };
  return { role: "quit", label: platform === "win32" ? say("Exit") : say("Quit") };
}
