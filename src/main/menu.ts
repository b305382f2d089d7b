import { app, Menu, type MenuItemConstructorOptions } from "electron";

/** The usual menus, with nothing of our own in them: copy, zoom, reload, close. */
export function installMenu(): void {
  const template: MenuItemConstructorOptions[] = [
    { role: "editMenu" },
    { role: "viewMenu" },
    { role: "windowMenu" },
    { role: "help", submenu: [{ role: "about" }] },
  ];
  if (process.platform === "darwin") template.unshift({ role: "appMenu" });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  app.setAboutPanelOptions({ applicationName: "Fitment", applicationVersion: app.getVersion() });
}
