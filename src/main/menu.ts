import { readFile } from "node:fs/promises";
import process from "node:process";
import { app, dialog, Menu, type MenuItemConstructorOptions, shell } from "electron";
import { licenceLines } from "./licence-lines.ts";

/** The usual menus: copy, zoom, reload, close; of our own a report, what this program is and whose code is in it. */
export function installMenu(licencesFile: string, onExport: () => void): void {
  const template: MenuItemConstructorOptions[] = [
    {
      label: "File",
      submenu: [
        { label: "Export report…", accelerator: "CmdOrCtrl+E", click: onExport },
        { type: "separator" },
        { role: process.platform === "darwin" ? "close" : "quit" },
      ],
    },
    { role: "editMenu" },
    { role: "viewMenu" },
    { role: "windowMenu" },
    {
      role: "help",
      submenu: [
        { label: "About Fitment", click: () => void showAbout(licencesFile).catch(console.error) },
        { label: "Licences", click: () => void shell.openPath(licencesFile) },
      ],
    },
  ];
  if (process.platform === "darwin") template.unshift({ role: "appMenu" });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  app.setAboutPanelOptions({ applicationName: "Fitment", applicationVersion: app.getVersion() });
}

async function showAbout(licencesFile: string): Promise<void> {
  const { electron, chrome } = process.versions;
  const packages = licenceLines(await readFile(licencesFile, "utf8").catch(() => ""));
  const detail = [
    "MIT licence. Says which language models run on this computer.",
    "",
    `Electron ${electron} (MIT) with Chromium ${chrome}; their licences lie beside the program.`,
    "Code of these packages is in it:",
    ...packages,
  ].join("\n");
  const { response } = await dialog.showMessageBox({
    type: "info",
    title: "About Fitment",
    message: `Fitment ${app.getVersion()}`,
    detail,
    buttons: ["Close", "Show the licences"],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) await shell.openPath(licencesFile);
}
