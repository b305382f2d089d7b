import { setTimeout, clearTimeout } from "node:timers";
import { networkFailureText } from "#catalog/network-failure.ts";
import { checkStatus } from "./answer-status.ts";
import { HubError } from "./hub-error.ts";
import type { HubSettings } from "./settings.ts";

/** What every question to the hub is asked through. */
export interface HubAccess {
  readonly settings: HubSettings;
  /** Aborted when the person cancels. */
  readonly signal: AbortSignal;
}

/** Answers of the hub's API are a few kB; file lists of the largest repositories stay under this. */
export const ANSWER_BYTES_MAX = 5 * 1024 ** 2;

/**
 * A `fetch` for the hub's client and for us: it gives up when nothing comes for a while, reads no more than
 * `mostBytes`, shows the token to the hub alone, and throws a HubError where there is no usable answer.
 */
export function hubFetch(access: HubAccess, mostBytes = ANSWER_BYTES_MAX): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const deadline = startDeadline(access);
    try {
      const headers = headersFor(url, init?.headers, access.settings);
      const answer = await fetch(url, { ...init, headers, signal: deadline.signal });
      checkStatus(answer, access.settings);
      const body = await readLimited(answer, mostBytes, deadline);
      return withBody(answer, body);
    } catch (error) {
      throw asHubError(error, deadline, access);
    } finally {
      deadline.stop();
    }
  };
}

interface Deadline {
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
  /** Something came: the wait starts again. */
  readonly extend: () => void;
  readonly stop: () => void;
}

/** Electron 25 has no `AbortSignal.any`. */
function startDeadline({ settings, signal }: HubAccess): Deadline {
  const controller = new AbortController();
  let isOver = false;
  const end = (): void => {
    isOver = true;
    controller.abort();
  };
  const cancel = (): void => controller.abort();
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  let timer = setTimeout(end, settings.timeoutMs);
  return {
    signal: controller.signal,
    isOver: () => isOver,
    extend: () => {
      clearTimeout(timer);
      timer = setTimeout(end, settings.timeoutMs);
    },
    stop: () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
    },
  };
}

/** The token goes to the hub itself, and in the clear only to this computer. */
function headersFor(url: string, given: RequestInit["headers"], settings: HubSettings): Headers {
  const headers = new Headers(given);
  const { origin, protocol, hostname } = new URL(url);
  const isSafe = protocol === "https:" || ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
  const isHub = origin === new URL(settings.endpoint).origin;
  if (settings.token !== null && isHub && isSafe) headers.set("Authorization", `Bearer ${settings.token}`);
  return headers;
}

/** Never keeps more than `mostBytes`; what is longer is not read to its end. */
async function readLimited(answer: Response, mostBytes: number, deadline: Deadline): Promise<Uint8Array> {
  const stated = Number(answer.headers.get("content-length") ?? "0");
  if (stated > mostBytes) throw tooLarge(mostBytes);
  if (answer.body === null) return new Uint8Array();
  const body: AsyncIterable<Uint8Array> = answer.body;
  const chunks: Uint8Array[] = [];
  let lengthBytes = 0;
  for await (const chunk of body) {
    lengthBytes += chunk.length;
    if (lengthBytes > mostBytes) throw tooLarge(mostBytes);
    chunks.push(chunk);
    deadline.extend();
  }
  return Buffer.concat(chunks);
}

function tooLarge(mostBytes: number): HubError {
  const limit = Math.ceil(mostBytes / 1024 ** 2);
  return new HubError(
    "too-large",
    `The hub's answer is larger than ${limit} MiB, which no known model's is.`,
  );
}

function withBody(answer: Response, body: Uint8Array): Response {
  const { status, statusText, headers } = answer;
  return new Response(status === 204 ? null : Buffer.from(body), { status, statusText, headers });
}

function asHubError(error: unknown, deadline: Deadline, { settings, signal }: HubAccess): unknown {
  if (error instanceof HubError) return error;
  if (signal.aborted) return new HubError("cancelled", "Cancelled; nothing was written.");
  const host = new URL(settings.endpoint).host;
  if (deadline.isOver()) {
    const seconds = settings.timeoutMs / 1000;
    return new HubError(
      "timeout",
      `${host} gave no answer for ${seconds} s. Try again, or allow more with HF_HUB_DOWNLOAD_TIMEOUT (seconds).`,
    );
  }
  if (!(error instanceof TypeError)) return error; // fetch throws a TypeError for every fault of the network
  return new HubError(
    "no-network",
    `${host} cannot be reached: ${networkFailureText(error)}. Is there a network?`,
  );
}
