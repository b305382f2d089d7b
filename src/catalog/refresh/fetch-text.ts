import { networkFailureText } from "#catalog/network-failure.ts";

/** A whole catalog has some megabytes. */
const SIZE_MAX_BYTES = 64_000_000;
const DEADLINE_MS = 120_000;
const REDIRECTS_MAX = 3;

export type FetchedText =
  { readonly kind: "ok"; readonly text: string } | { readonly kind: "failed"; readonly message: string };

/** Called as bytes come; the total is null where the server does not say. */
export type OnProgress = (receivedBytes: number, totalBytes: number | null) => void;

/**
 * Reads a text over https; http is for this computer alone, where tests serve it. A redirect may lead to such an
 * address only. Size and time have limits, and every failure is a sentence.
 */
export async function fetchText(
  address: string,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<FetchedText> {
  try {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const either = new AbortController();
    for (const end of [signal, deadline]) end.addEventListener("abort", () => either.abort(end.reason));
    if (signal.aborted) either.abort(signal.reason);
    return await follow(address, onProgress, either.signal);
  } catch (error) {
    if (signal.aborted) return failed("Cancelled; nothing was changed.");
    return failed(connectionMessage(address, error));
  }
}

async function follow(address: string, onProgress: OnProgress, signal: AbortSignal): Promise<FetchedText> {
  let next = address;
  for (let count = 0; count <= REDIRECTS_MAX; count += 1) {
    const url = allowedAddress(next);
    if (url === null) return failed(`${next} is no https: address.`);
    const response = await fetch(url, {
      redirect: "manual",
      signal,
      headers: { Accept: "application/json" },
    });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null)
      return await textOf(url, response, onProgress);
    next = new URL(location, url).href;
  }
  return failed(`${address} leads from page to page and to no file.`);
}

/** Null for what is neither https nor this computer. */
export function allowedAddress(address: string): URL | null {
  try {
    const url = new URL(address);
    const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
    return url.protocol === "https:" || (url.protocol === "http:" && isHere) ? url : null;
  } catch {
    return null; // no address at all
  }
}

async function textOf(url: URL, response: Response, onProgress: OnProgress): Promise<FetchedText> {
  if (response.status === 404 || response.status === 410)
    return failed(`There is no file at ${url.href} (${response.status}).`);
  if (response.status === 401 || response.status === 403)
    return failed(`${url.host} refuses the file (${response.status}).`);
  if (!response.ok || response.body === null)
    return failed(`${url.host} answered ${response.status} and sent no file. Try again later.`);
  const stated = Number(response.headers.get("content-length") ?? NaN);
  const isPacked = response.headers.get("content-encoding") !== null; // then the length is that of the packed text
  const totalBytes = Number.isSafeInteger(stated) && !isPacked ? stated : null;
  const chunks: Uint8Array[] = [];
  let receivedBytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    // a body's chunks are bytes
    receivedBytes += chunk.byteLength;
    if (receivedBytes > SIZE_MAX_BYTES) return failed(`The file at ${url.host} is too large for a catalog.`);
    chunks.push(chunk);
    onProgress(receivedBytes, totalBytes);
  }
  return { kind: "ok", text: Buffer.concat(chunks).toString("utf8") };
}

function connectionMessage(address: string, error: unknown): string {
  const host = allowedAddress(address)?.host ?? address;
  if (error instanceof Error && error.name === "TimeoutError")
    return `${host} took too long. Nothing was changed.`;
  return `${host} cannot be reached: ${networkFailureText(error)}. Is there a network? The catalog at hand works without.`;
}

function failed(message: string): FetchedText {
  return { kind: "failed", message };
}
