import { contextBridge, ipcRenderer } from "electron";
import { API_METHODS, API_NAME } from "#shared/ipc.ts";

/** One function a method of the contract, each bound to its own channel; nothing else reaches the page. */
const api = Object.fromEntries(
  API_METHODS.map((method) => [
    method,
    (argument: unknown): Promise<unknown> => ipcRenderer.invoke(method, argument),
  ]),
);

contextBridge.exposeInMainWorld(API_NAME, api);
