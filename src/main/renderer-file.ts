import path from "node:path";

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** One file of the window's page, and how to announce it. */
export interface RendererFile {
  readonly file: string;
  readonly mimeType: string;
}

/** The file below `folder` that a page address names; null for anything outside it and for kinds a page has no use of. */
export function findRendererFile(address: string, folder: string): RendererFile | null {
  const name = decodedPath(address);
  if (name === null) return null;
  const file = path.join(folder, name);
  const mimeType = MIME_TYPES[path.extname(file).toLowerCase()];
  return isInside(file, folder) && mimeType !== undefined ? { file, mimeType } : null;
}

function decodedPath(address: string): string | null {
  try {
    const name = decodeURIComponent(new URL(address).pathname);
    return name.includes("\0") ? null : name;
  } catch {
    return null; // no address, or a broken escape in it
  }
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
