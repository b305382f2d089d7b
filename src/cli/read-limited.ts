import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";

/** A saved machine is some kilobytes, a recording of all tools some megabytes; far above that is something else. */
export const FILE_MAX_BYTES = 64 * 1024 ** 2;

/** A file's text, or the stream's. Rejects as soon as there is more than the limit: also of what has no size, or no end. */
export async function readLimited(
  from: string | Readable,
  maxBytes: number = FILE_MAX_BYTES,
): Promise<string> {
  const stream = typeof from === "string" ? createReadStream(from) : from;
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array); // neither stream has an encoding set
    sizeBytes += bytes.length;
    if (sizeBytes > maxBytes) throw new Error(`it is larger than ${Math.floor(maxBytes / 1024)} KiB`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
