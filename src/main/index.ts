import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import { app } from "electron";
import { catalogStore } from "#catalog/store.ts";
import { readEarly } from "./early-catalog.ts";
import { startDetection } from "./detection.ts";
import { createHandlers, registerHandlers } from "./handlers.ts";
import { installMenu } from "./menu.ts";
import { APP_ORIGIN, registerAppScheme, serveRenderer } from "./protocol.ts";
import { terminalWords } from "./start-words.ts";
import { denyPermissions, lockDownPages, openWindow, showWindow } from "./window.ts";

const APP_FOLDER = path.join(__dirname, "../..");
const CATALOG_FOLDER = path.join(APP_FOLDER, "catalog");

/** The developer's loop serves the page itself; everybody else gets the built one. */
const DEVELOPER_ADDRESS = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const PAGE_ADDRESS = new URL(DEVELOPER_ADDRESS ?? `${APP_ORIGIN}/index.html`).href;

if (terminalWords(process.argv) !== null) {
  createRequire(__filename)("./terminal.cjs");
} else if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  lockDownPages(PAGE_ADDRESS);
  app.on("second-instance", showWindow);
  app.on("window-all-closed", () => app.quit());
  app.whenReady().then(onReady, console.error);
} else {
  console.log("Fitment is open already; its window comes to the front.");
  app.quit();
}

function onReady(): void {
  const home = { platform: process.platform, homeFolder: homedir(), env: process.env };
  const catalog = readEarly(catalogStore(CATALOG_FOLDER, home));
  const detectMachine = startDetection();
  serveRenderer(path.join(APP_FOLDER, "out/renderer"));
  registerHandlers(createHandlers({ detectMachine, catalog }), PAGE_ADDRESS);
  denyPermissions();
  installMenu();
  openWindow(PAGE_ADDRESS);
}
