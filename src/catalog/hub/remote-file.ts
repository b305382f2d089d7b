import type { GgufSource } from "#catalog/gguf/read-parts.ts";
import { HubError } from "./hub-error.ts";
import { ANSWER_BYTES_MAX, hubFetch, type HubAccess } from "./hub-fetch.ts";
import type { Repository, RepositoryFile } from "./repository.ts";

/** A small text file of a repository; at most 5 MiB. */
export async function readTextFile(path: string, repository: Repository, access: HubAccess): Promise<string> {
  const answer = await hubFetch(access, ANSWER_BYTES_MAX)(addressOf(path, repository, access));
  return await answer.text();
}

/** A file of a repository that is read from its beginning by range requests; no byte is asked for twice. */
export function remoteSource(file: RepositoryFile, repository: Repository, access: HubAccess): GgufSource {
  let known = Buffer.alloc(0);
  return {
    fileName: file.path,
    fileBytes: file.fileBytes,
    readBeginning: async (lengthBytes) => {
      if (lengthBytes > known.length) {
        const range = { from: known.length, to: lengthBytes };
        known = Buffer.concat([
          known,
          await readRange(addressOf(file.path, repository, access), range, access),
        ]);
      }
      return known.subarray(0, lengthBytes);
    },
  };
}

interface ByteRange {
  readonly from: number;
  /** The first byte that is not wanted. */
  readonly to: number;
}

async function readRange(address: string, { from, to }: ByteRange, access: HubAccess): Promise<Buffer> {
  const lengthBytes = to - from;
  const headers = { Range: `bytes=${from}-${to - 1}` };
  const answer = await askRange(address, { headers, lengthBytes }, access);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const isPart = answer.status === 206 && (answer.headers.get("content-range") ?? "").includes(`${from}-`);
  const isWhole = answer.status === 200 && from === 0;
  if ((isPart || isWhole) && bytes.length === lengthBytes) return bytes;
  throw noParts();
}

/** More than was asked for is the whole file. */
async function askRange(
  address: string,
  { headers, lengthBytes }: { readonly headers: { readonly Range: string }; readonly lengthBytes: number },
  access: HubAccess,
): Promise<Response> {
  try {
    return await hubFetch(access, lengthBytes)(address, { headers });
  } catch (error) {
    throw error instanceof HubError && error.kind === "too-large" ? noParts() : error;
  }
}

function noParts(): HubError {
  return new HubError(
    "unusable",
    "The hub does not send parts of files as asked, so the header cannot be read.",
  );
}

function addressOf(path: string, { id, revision }: Repository, { settings }: HubAccess): string {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return `${settings.endpoint}/${id}/resolve/${revision}/${encoded}`;
}
