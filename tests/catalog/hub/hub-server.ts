import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { GgufFile } from "../gguf/gguf-file.ts";

/** One repository, in the words of the hub's API. */
export interface FakeRepository {
  readonly info?: Readonly<Record<string, unknown>>;
  /** Text, or a GGUF file of which only the header is there. */
  readonly files?: Readonly<Record<string, string | GgufFile>>;
}

/** Instead of an answer; `hang` never sends one. */
export type Fault =
  | "hang"
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

export interface HubServer {
  readonly endpoint: string;
  /** `/api/models/a/b/revision/HEAD bytes=0-9 Bearer hf_x` of each question, without what was not sent. */
  readonly asked: string[];
  readonly stop: () => Promise<void>;
}

export const REVISION = "0123456789abcdef0123456789abcdef01234567";

/** A server on this computer that answers as the hub does; `faults` by the beginning of a path. */
export async function startHub(
  repositories: Readonly<Record<string, FakeRepository>>,
  faults: Readonly<Record<string, Fault>> = {},
): Promise<HubServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "").replace(/\?.*/, ""));
    const { range, authorization } = request.headers;
    asked.push([path, range, authorization].filter((part) => part !== undefined).join(" "));
    const fault = Object.entries(faults).find(([beginning]) => path.startsWith(beginning))?.[1];
    if (fault === undefined) answer(path, repositories, request, response);
    else if (fault !== "hang") response.writeHead(fault.status, { ...fault.headers }).end(fault.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    endpoint: `http://127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  path: string,
  repositories: Readonly<Record<string, FakeRepository>>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const found = Object.entries(repositories).find(([id]) => path.includes(`/${id}/`));
  if (found === undefined) {
    response.writeHead(401, { "X-Error-Code": "RepoNotFound" }).end("Invalid username or password.");
    return;
  }
  const [id, { info = {}, files = {} }] = found;
  if (path === `/api/models/${id}/revision/HEAD`) {
    const whole = {
      _id: "0",
      id,
      sha: REVISION,
      private: false,
      gated: false,
      downloads: 0,
      likes: 0,
      ...info,
    };
    sendJson(response, { lastModified: "2025-01-01T00:00:00.000Z", ...whole });
  } else if (path === `/api/models/${id}/tree/${REVISION}`) {
    sendJson(response, Object.entries(files).map(treeEntry));
  } else {
    sendFile(files[path.replace(`/${id}/resolve/${REVISION}/`, "")], request.headers.range, response);
  }
}

function treeEntry([path, content]: readonly [string, string | GgufFile]): unknown {
  const size = typeof content === "string" ? Buffer.byteLength(content) : content.fileBytes;
  return { type: "file", oid: "0", path, size };
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(value));
}

function sendFile(
  content: string | GgufFile | undefined,
  range: string | undefined,
  response: ServerResponse,
): void {
  if (content === undefined) response.writeHead(404, { "X-Error-Code": "EntryNotFound" }).end();
  else if (typeof content === "string") response.writeHead(200).end(content);
  else sendRange(content, /^bytes=(\d+)-(\d+)$/.exec(range ?? ""), response);
}

/** Behind the header all bytes are 0, as in the tests' files on disk. */
function sendRange(
  { header, fileBytes }: GgufFile,
  range: RegExpExecArray | null,
  response: ServerResponse,
): void {
  const from = Number(range?.[1]);
  const to = Math.min(Number(range?.[2]) + 1, fileBytes);
  const part = Buffer.alloc(to - from);
  header.copy(part, 0, from, Math.min(to, header.length));
  response.writeHead(206, { "Content-Range": `bytes ${from}-${to - 1}/${fileBytes}` }).end(part);
}
