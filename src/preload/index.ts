import { contextBridge, ipcRenderer, webUtils } from "electron";
import {
  API_METHODS,
  API_NAME,
  EXPORT_ASKED,
  HUB_PROGRESS,
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

/** The event itself stays here: it would give the page its sender. */
const onEvent =
  (channel: string) =>
  (listener: () => void): void => {
    ipcRenderer.on(channel, () => listener());
  };

contextBridge.exposeInMainWorld(API_NAME, {
  ...api,
  onProfileWaiting: onEvent(PROFILE_WAITING),
  onExportAsked: onEvent(EXPORT_ASKED),
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
