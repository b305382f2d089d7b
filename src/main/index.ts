import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import { app, BrowserWindow } from "electron";
import { catalogStore } from "#catalog/store.ts";
import { readEarly } from "./early-catalog.ts";
import { startDetection } from "./detection.ts";
import { createHandlers, registerHandlers } from "./handlers.ts";
import { addressInLanguage } from "./language.ts";
import { mayKnowMachine } from "./last-machine.ts";
import { toldText } from "#shared/english/told-text.ts";
import { HUB_PROGRESS, MENU_CHOICE, PROBE_PROGRESS, PROFILE_WAITING, REFRESH_PROGRESS } from "#shared/ipc.ts";
import type { MenuChoice } from "#shared/shortcuts.ts";
import { APP_ORIGIN, registerAppScheme, serveRenderer } from "./protocol.ts";
import { textToPaste } from "./question-clipboard.ts";
import { settingsStore } from "./settings.ts";
import { startSpeaking } from "./speaking.ts";
import { profileFileOf, terminalWords } from "./start-words.ts";
import { waitingProfile } from "./waiting-profile.ts";
import { keepPlace } from "./window-keeping.ts";
import { denyPermissions, lockDownPages, openWindow, showWindow } from "./window.ts";

const APP_FOLDER = path.join(__dirname, "../..");
const CATALOG_FOLDER = path.join(APP_FOLDER, "catalog");

/** The developer's loop serves the page itself; everybody else gets the built one. */
const DEVELOPER_ADDRESS = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const PAGE_ADDRESS = new URL(DEVELOPER_ADDRESS ?? `${APP_ORIGIN}/index.html`).href;
const pageAddress = (): string => addressInLanguage(PAGE_ADDRESS);

/** What is packed beside the archive can be shown by the system's own viewer; what is in it cannot. */
const LICENCES_FILE = app.isPackaged
  ? path.join(process.resourcesPath, "licences.txt")
  : path.join(APP_FOLDER, "out/licences.txt");

const profile = waitingProfile(() => tellPage(PROFILE_WAITING));

if (terminalWords(process.argv) !== null) {
  createRequire(__filename)("./terminal.cjs");
} else if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  lockDownPages(pageAddress);
  app.on("second-instance", (_event, argv, workingFolder) => openFrom(argv, workingFolder));
  app.on("open-file", (event, file) => {
    event.preventDefault();
    profile.put(file);
  });
  app.on("window-all-closed", () => app.quit());
  app.whenReady().then(onReady).catch(console.error);
} else {
  console.log("Fitment is open already; its window comes to the front.");
  app.quit();
}

async function onReady(): Promise<void> {
  const home = { platform: process.platform, homeFolder: homedir(), env: process.env };
  const catalog = readEarly(catalogStore(CATALOG_FOLDER, home));
  const keptFolder = app.getPath("userData");
  const detectMachine = startDetection((progress) => tellPage(PROBE_PROGRESS, progress), {
    isNow: !mayKnowMachine(keptFolder), // else the page shows that one first, and detection would take its time
  });
  const settings = settingsStore(keptFolder);
  serveRenderer(path.join(APP_FOLDER, "out/renderer"));
  const onHubProgress = (line: string): void => tellPage(HUB_PROGRESS, toldText(line));
  registerHandlers(
    createHandlers({
      detectMachine,
      keptFolder,
      catalog,
      settings,
      profile,
      onHubProgress,
      onRefreshProgress: (progress) => tellPage(REFRESH_PROGRESS, progress),
    }),
    PAGE_ADDRESS,
  );
  denyPermissions();
  const onChoice = async (choice: MenuChoice): Promise<void> =>
    tellPage(MENU_CHOICE, choice, await textToPaste(choice));
  const menu = { licencesFile: LICENCES_FILE, onChoice };
  await startSpeaking({ settings, pageAddress, menu });
  openFrom(process.argv, process.cwd());
  const window = openWindow(pageAddress, (await settings.read()).settings.window);
  keepPlace(window, settings);
}

/** A machine named on a command line, this start's or a later one's, and the window in front of others. */
function openFrom(argv: readonly string[], workingFolder: string): void {
  const file = profileFileOf(argv, workingFolder);
  if (file !== null) profile.put(file);
  showWindow();
}

function tellPage(channel: string, ...words: readonly unknown[]): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channel, ...words);
}
