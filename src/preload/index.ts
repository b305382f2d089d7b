import { contextBridge, ipcRenderer, webUtils } from "electron";
import {
  API_METHODS,
  API_NAME,
  HUB_PROGRESS,
  MENU_CHOICE,
  PROBE_PROGRESS,
  PROFILE_WAITING,
  REFRESH_PROGRESS,
} from "#shared/ipc.ts";

/** Files that the page was given, as their paths; only here can those be asked for (in an Electron from 29 on). */
function withPaths(argument: unknown): unknown {
  if (!Array.isArray(argument)) return argument;
  return argument.map((item: unknown) => (item instanceof File ? webUtils.getPathForFile(item) : item));
}

/** One function a method of the contract, each bound to its own channel; nothing else reaches the page. */
const api = Object.fromEntries(
  API_METHODS.map((method) => [
    method,
    (argument: unknown): Promise<unknown> => ipcRenderer.invoke(method, withPaths(argument)),
  ]),
);

/** The events themselves stay here: they would give the page their sender. */
contextBridge.exposeInMainWorld(API_NAME, {
  ...api,
  onProfileWaiting: (listener: () => void): void => {
    ipcRenderer.on(PROFILE_WAITING, () => listener());
  },
  onMenuChoice: (listener: (choice: unknown, clipboardText: string) => void): void => {
    ipcRenderer.on(MENU_CHOICE, (_event, choice: unknown, text: unknown) => listener(choice, String(text)));
  },
  onProbeProgress: (listener: (progress: unknown) => void): void => {
    ipcRenderer.on(PROBE_PROGRESS, (_event, progress: unknown) => listener(progress));
  },
  onHubProgress: (listener: (line: string) => void): void => {
    ipcRenderer.on(HUB_PROGRESS, (_event, line: unknown) => listener(String(line)));
  },
  onRefreshProgress: (listener: (progress: unknown) => void): void => {
    ipcRenderer.on(REFRESH_PROGRESS, (_event, progress: unknown) => listener(progress));
  },
});
