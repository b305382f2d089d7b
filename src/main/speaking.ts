import process from "node:process";
import { app, BrowserWindow, dialog } from "electron";
import type { LanguageTag } from "#words/languages.ts";
import { say } from "#words/say.ts";
import { speakFirstOf } from "#words/speak-first.ts";
import { preferredLanguages } from "./language.ts";
import { installMenu, type OwnLines } from "./menu.ts";
import { loadPage } from "./page-faults.ts";
import { isOwnPage } from "./sender.ts";
import { settingsNotKeptText } from "./settings-fault.ts";
import type { SettingsStore } from "./settings.ts";

/** What is told of the language, and told again when it changes. */
export interface Speaking {
  readonly settings: SettingsStore;
  /** Names the language that is spoken when it is asked for. */
  readonly pageAddress: () => string;
  readonly menu: Pick<OwnLines, "licencesFile" | "onChoice">;
}

/** Speaks what the person chose, else what the system does, and makes the menu of it. Before any window is shown. */
export async function startSpeaking(speaking: Speaking): Promise<void> {
  await speakAs((await speaking.settings.read()).settings.language, speaking);
}

async function speakAs(choice: LanguageTag | null, speaking: Speaking): Promise<void> {
  const systemLanguages = app.getPreferredSystemLanguages();
  await speakFirstOf(preferredLanguages(choice, { systemLanguages, env: process.env }));
  installMenu({
    ...speaking.menu,
    language: choice,
    onLanguage: (next) => void changeLanguage(next, speaking).catch(console.error),
  });
}

/** Speaks anew, and loads the page anew where that is another language; the choice holds where it cannot be kept. */
async function changeLanguage(choice: LanguageTag | null, speaking: Speaking): Promise<void> {
  const { settings, pageAddress } = speaking;
  const before = pageAddress();
  const notKept = settings.change({ language: choice }).then(() => null, settingsNotKeptText);
  await speakAs(choice, speaking);
  if (pageAddress() !== before) loadPages(pageAddress);
  const message = await notKept;
  if (message !== null) await dialog.showMessageBox({ type: "error", message, buttons: [say("Close")] });
}

/** Not what is being printed, which is no page of the window's. */
function loadPages(pageAddress: () => string): void {
  for (const window of BrowserWindow.getAllWindows()) {
    const page = { url: window.webContents.getURL(), parent: null };
    if (isOwnPage(page, pageAddress())) loadPage(window, pageAddress);
  }
}
