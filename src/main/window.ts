import path from "node:path";
import { app, BrowserWindow, screen, session, type WebContents } from "electron";
import { loadPage, watchPage } from "./page-faults.ts";
import type { WindowPlace } from "./settings-schema.ts";
import { openingPlace } from "./window-place.ts";

/**
 * Applies to every page this process will ever hold: it stays where it is, opens nothing, embeds nothing, and gets
 * no permission but that to write to the clipboard. The page's address is asked for, since it names the language.
 */
export function lockDownPages(pageAddress: () => string): void {
  app.on("web-contents-created", (_event, contents) => lockDownPage(contents, pageAddress));
}

function lockDownPage(contents: WebContents, pageAddress: () => string): void {
  contents.on("will-navigate", (event, address) => {
    if (address !== pageAddress()) event.preventDefault(); // a reload is allowed
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** Text that a person copies by a button; Chromium asks nothing else of the page's own writing. */
const GRANTED = "clipboard-sanitized-write";

/** Camera, location, notifications, clipboard reading, devices, downloads: the page needs none of them. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === GRANTED),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === GRANTED);
  session.defaultSession.setDevicePermissionHandler(() => false);
  session.defaultSession.on("will-download", (event) => event.preventDefault());
}

/** Opens the window; it is shown once there is something to see in it. */
export function openWindow(pageAddress: () => string, kept: WindowPlace | null): BrowserWindow {
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    title: "Fitment",
    ...openingPlace(kept, displays),
    minWidth: 720,
    minHeight: 540,
    show: false,
    autoHideMenuBar: true,
    icon: path.join(__dirname, "../../resources/icon.png"),
    webPreferences: {
      preload: path.join(__dirname, "../preload/index.cjs"),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      disableBlinkFeatures: "Auxclick", // a middle click asks for a new window, which is denied anyway
    },
  });
  if (kept?.isMaximized === true) window.maximize();
  window.once("ready-to-show", () => window.show());
  watchPage(window, pageAddress);
  loadPage(window, pageAddress);
  return window;
}

/** Where the window is, as it is to open again: not its size while it fills the screen. */
export function placeOf(window: BrowserWindow): WindowPlace {
  return { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
}

/** Brings the window to the front, for a second start of the app. */
export function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
