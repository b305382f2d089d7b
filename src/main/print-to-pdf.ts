import { BrowserWindow, session } from "electron";
import { APP_SCHEME } from "./protocol.ts";
import type { Paper } from "./paper.ts";

const ADDRESS = `${APP_SCHEME}://report/report.html`;

/** A memory of its own, with nothing in it: the printed page shares no storage and no handler with the window's. */
const PARTITION = "report";

const MARGIN_INCHES = 0.6;

/** Chromium writes the numbers into these two classes; its own style sheet would make the line invisibly small. */
const FOOTER =
  '<div style="width: 100%; padding: 0 0.6in; font: 8px sans-serif; color: #545b64; text-align: right"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';

/**
 * Prints a page of ours by Electron's own means in a hidden window, with page numbers, and tagged where Electron can
 * (from 28 on; older ones pass over the options they do not know).
 */
export async function printToPdf(html: string, paper: Paper): Promise<Uint8Array> {
  const pages = session.fromPartition(PARTITION);
  pages.protocol.handle(APP_SCHEME, () => new Response(html, { headers: HEADERS }));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session: pages, sandbox: true, contextIsolation: true, javascript: false },
  });
  try {
    await window.loadURL(ADDRESS);
    return await window.webContents.printToPDF({
      pageSize: paper,
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: "<span></span>",
      footerTemplate: FOOTER,
      margins: { top: MARGIN_INCHES, bottom: MARGIN_INCHES, left: MARGIN_INCHES, right: MARGIN_INCHES },
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } finally {
    window.destroy();
    pages.protocol.unhandle(APP_SCHEME);
  }
}

const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
  "X-Content-Type-Options": "nosniff",
};
