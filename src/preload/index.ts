import { contextBridge, ipcRenderer } from "electron";
import { API_METHODS, API_NAME, PROFILE_WAITING } from "#shared/ipc.ts";

/** One function a method of the contract, each bound to its own channel; nothing else reaches the page. */
const api = Object.fromEntries(
  API_METHODS.map((method) => [
    method,
    (argument: unknown): Promise<unknown> => ipcRenderer.invoke(method, argument),
  ]),
);

/** The event itself stays here: it would give the page its sender. */
const onProfileWaiting = (listener: () => void): void => {
  ipcRenderer.on(PROFILE_WAITING, () => listener());
};

contextBridge.exposeInMainWorld(API_NAME, { ...api, onProfileWaiting });
