import path from "node:path";
import { app, BrowserWindow, session, type WebContents } from "electron";

/**
 * Applies to every page this process will ever hold: it stays where it is, opens nothing, embeds nothing, and gets
 * no permission.
 */
export function lockDownPages(pageAddress: string): void {
  app.on("web-contents-created", (_event, contents) => lockDownPage(contents, pageAddress));
}

function lockDownPage(contents: WebContents, pageAddress: string): void {
  contents.on("will-navigate", (event, address) => {
    if (address !== pageAddress) event.preventDefault(); // a reload is allowed
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** Camera, location, notifications, clipboard reading, devices: the page needs none of them. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/** Opens the window; it is shown once there is something to see in it. */
export function openWindow(pageAddress: string): BrowserWindow {
  const window = new BrowserWindow({
    title: "Fitment",
    width: 1200,
    height: 820,
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
    },
  });
  window.once("ready-to-show", () => window.show());
  window.loadURL(pageAddress).catch((error: unknown) => console.error("The page did not load:", error));
  return window;
}

/** Brings the window to the front, for a second start of the app. */
export function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
