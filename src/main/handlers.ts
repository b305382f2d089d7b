import { ipcMain, type IpcMainInvokeEvent, shell } from "electron";
import type { Catalog } from "#engine/catalog.ts";
import type { MachineReport } from "#engine/machine.ts";
import { type Answer, type Api, API_METHODS } from "#shared/ipc.ts";
import { isOwnPage } from "./sender.ts";

/** Where the answers come from. */
export interface Sources {
  readonly probeMachine: () => Promise<MachineReport>;
  readonly loadCatalog: () => Promise<Catalog>;
}

/** The contract, on this side of the boundary. */
export function createApi({ probeMachine, loadCatalog }: Sources): Api {
  return {
    probeMachine: async () => ok(await probeMachine()),
    loadCatalog: async () => ok(await loadCatalog()),
    openExternal,
  };
}

/** Answers the page's calls: each is checked for its sender, and an unexpected error stays on this side, logged. */
export function registerApi(api: Api, pageAddress: string): void {
  for (const method of API_METHODS) {
    ipcMain.handle(method, (event: IpcMainInvokeEvent, argument: unknown) => {
      if (isOwnPage(event.senderFrame, pageAddress)) return answerCall(api, method, argument);
      console.error(`Refused ${method} for ${event.senderFrame?.url ?? "a page that is gone"}.`);
      return failed("This page may not ask.");
    });
  }
}

async function answerCall(api: Api, method: keyof Api, argument: unknown): Promise<Answer<unknown>> {
  try {
    if (method !== "openExternal") return await api[method]();
    return typeof argument === "string" ? await api.openExternal(argument) : failed("That is no address.");
  } catch (error) {
    console.error(`${method} failed unexpectedly:`, error);
    return failed("Something went wrong inside Fitment.");
  }
}

async function openExternal(address: string): Promise<Answer<null>> {
  const page = webPage(address);
  if (page === null) return failed("Only https: addresses are opened.");
  try {
    await shell.openExternal(page.href);
    return ok(null);
  } catch (error) {
    console.error("No program opened the address:", error);
    return failed("The system found no program to open the address with.");
  }
}

function webPage(address: string): URL | null {
  try {
    const url = new URL(address);
    return url.protocol === "https:" ? url : null;
  } catch {
    return null; // not an address at all
  }
}

function ok<Value>(value: Value): Answer<Value> {
  return { kind: "ok", value };
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
