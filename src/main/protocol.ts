import { readFile } from "node:fs/promises";
import { protocol } from "electron";
import { findRendererFile } from "./renderer-file.ts";

/** Of all pages that this program shows. */
export const APP_SCHEME = "app";

/** Where the window's page lives; nothing else is ever loaded. */
export const APP_ORIGIN = `${APP_SCHEME}://fitment`;

const HEADERS = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
};

/** Makes `app:` behave like `https:` (an origin of its own, modules, fetch). Must run before Electron is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }]);
}

/** Serves the built page from `folder`, and nothing outside it. */
export function serveRenderer(folder: string): void {
  protocol.handle(APP_SCHEME, (request) => answerRequest(request, folder));
}

async function answerRequest(request: Request, folder: string): Promise<Response> {
  if (request.method !== "GET" || !request.url.startsWith(`${APP_ORIGIN}/`)) return refusal(403);
  const found = findRendererFile(request.url, folder);
  if (found === null) return refusal(403);
  try {
    const bytes = await readFile(found.file);
    return new Response(new Uint8Array(bytes), { headers: { ...HEADERS, "Content-Type": found.mimeType } });
  } catch {
    return refusal(404); // the page asked for a file that the build did not make
  }
}

function refusal(status: 403 | 404): Response {
  return new Response(null, { status, headers: HEADERS });
}
