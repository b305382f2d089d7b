import { app, type BrowserWindow, dialog } from "electron";
import { say } from "#words/say.ts";

/** A page that is told to load again is the same page; what a load was told off for is not. */
const ABORTED = -3; // net::ERR_ABORTED: another load took its place
const FIRST_ERROR_STATUS = 400;

/** Loads the page in the language that is spoken now. */
export function loadPage(window: Pick<BrowserWindow, "loadURL">, pageAddress: () => string): void {
  window.loadURL(pageAddress()).catch((error: unknown) => console.error("The page did not load:", error));
}

/** What happened to the page, and what a person can do about it. */
interface Fault {
  readonly message: string;
  readonly detail: string;
}

/** Says plainly when the page crashed, hangs or did not load, and offers to load it again. */
export function watchPage(window: BrowserWindow, pageAddress: () => string): void {
  const { webContents } = window;
  const offer = (fault: Fault): void => void offerReload(window, pageAddress, fault);
  webContents.on("render-process-gone", (_event, { reason }) => {
    if (reason === "clean-exit") return;
    console.error(`The page's process ended: ${reason}.`);
    offer({ message: say("The page of this window crashed."), detail: crashDetail(reason) });
  });
  webContents.on("did-fail-load", (_event, ...[code, description, address, isMainFrame]) => {
    if (!isMainFrame || code === ABORTED) return;
    offer(loadFault(description === "" ? String(code) : description, address));
  });
  webContents.on("did-navigate", (_event, address, status) => {
    if (status >= FIRST_ERROR_STATUS)
      offer(loadFault(say("status {status}", { status: String(status) }), address));
  });
}

function crashDetail(reason: string): string {
  return reason === "oom"
    ? say("It ran out of memory. Nothing that was saved is lost; what was filled in here is.")
    : say("Its process ended ({reason}). Nothing that was saved is lost; what was filled in here is.", {
        reason,
      });
}

function loadFault(reason: string, address: string): Fault {
  return {
    message: say("The page of this window could not be loaded."),
    detail: say(
      "{address}: {reason}. If it stays so, install Fitment again: a file of it is missing or damaged.",
      { address, reason },
    ),
  };
}

async function offerReload(
  window: BrowserWindow,
  pageAddress: () => string,
  { message, detail }: Fault,
): Promise<void> {
  if (window.isDestroyed()) return;
  window.show(); // it may have failed before there was anything to see
  const choice = {
    type: "error" as const,
    buttons: [say("Load again"), say("Quit")],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await dialog.showMessageBox(window, { ...choice, message, detail });
  if (response !== 0) app.quit();
  else if (!window.isDestroyed()) loadPage(window, pageAddress);
}
