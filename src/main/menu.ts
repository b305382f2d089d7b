import { readFile } from "node:fs/promises";
import process from "node:process";
import { app, dialog, Menu, type MenuItemConstructorOptions, shell } from "electron";
import { type MenuChoice, SHORTCUTS } from "#shared/shortcuts.ts";
import type { LanguageTag } from "#words/languages.ts";
import { say } from "#words/say.ts";
import { languageLines } from "./language.ts";
import { licenceLines } from "./licence-lines.ts";
import { appMenu, editMenu, lastOfFileMenu, viewMenu, windowMenu } from "./usual-menus.ts";

/** What the menu shows and does beside what is usual. */
export interface OwnLines {
  readonly licencesFile: string;
  /** Of a line that the page does. */
  readonly onChoice: (choice: MenuChoice) => Promise<void>;
  /** What the person chose; null is the system's. */
  readonly language: LanguageTag | null;
  readonly onLanguage: (choice: LanguageTag | null) => void;
}

/**
 * The usual menus: copy, zoom, reload, close; of our own a report, the hardware, the question, the language, what this
 * program is and whose code is in it. Installed anew whenever another language is spoken.
 */
export function installMenu(own: OwnLines): void {
  const { licencesFile } = own;
  const isMac = process.platform === "darwin";
  const template: MenuItemConstructorOptions[] = [
    {
      label: say("File"),
      submenu: [
        pageLine("export", say("Export report…"), own),
        pageLine("detect", say("Detect the hardware again"), own),
        { type: "separator" },
        lastOfFileMenu(process.platform),
      ],
    },
    editMenu(isMac, [
      { type: "separator" },
      pageLine("copy-question", say("Copy question"), own),
      pageLine("paste-question", say("Paste question"), own),
    ]),
    viewMenu([{ type: "separator" }, languageMenu(own)]),
    windowMenu(isMac),
    {
      role: "help",
      label: say("Help"),
      submenu: [
        pageLine("shortcuts", say("Keyboard shortcuts"), own),
        { type: "separator" },
        { label: say("About Fitment"), click: () => void showAbout(licencesFile).catch(console.error) },
        { label: say("Licences"), click: () => void shell.openPath(licencesFile) },
      ],
    },
  ];
  if (isMac) template.unshift(appMenu());
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  app.setAboutPanelOptions({ applicationName: "Fitment", applicationVersion: app.getVersion() });
}

/** A line that the page does. */
function pageLine(
  choice: MenuChoice,
  label: string,
  { onChoice }: Pick<OwnLines, "onChoice">,
): MenuItemConstructorOptions {
  return { label, accelerator: SHORTCUTS[choice], click: () => void onChoice(choice).catch(console.error) };
}

function languageMenu({ language, onLanguage }: OwnLines): MenuItemConstructorOptions {
  return {
    label: say("Language"),
    submenu: languageLines().map(({ choice, label }) => ({
      type: "radio",
      label,
      checked: choice === language,
      click: () => onLanguage(choice),
    })),
  };
}

async function showAbout(licencesFile: string): Promise<void> {
  const { electron, chrome } = process.versions;
  const packages = licenceLines(await readFile(licencesFile, "utf8").catch(() => ""));
  const detail = [
    say("MIT licence. Says which language models run on this computer."),
    "",
    say("Electron {electron} (MIT) with Chromium {chrome}; their licences lie beside the program.", {
      electron,
      chrome,
    }),
    say("Code of these packages is in it:"),
    ...packages,
  ].join("\n");
  const { response } = await dialog.showMessageBox({
    type: "info",
    title: say("About Fitment"),
    message: `Fitment ${app.getVersion()}`,
    detail,
    buttons: [say("Close"), say("Show the licences")],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) await shell.openPath(licencesFile);
}
