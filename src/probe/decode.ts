/**
 * Bytes a tool printed, as text. Windows tools print UTF-16 with or without a byte order mark; whatever is not
 * valid UTF-8 becomes the replacement character, so that garbage is still text a parser can refuse.
 */
export function decodeOutput(chunks: readonly Buffer[]): string {
  const bytes = Buffer.concat(chunks);
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) return withoutMark(swapped(bytes));
  if (isUtf16(bytes)) return withoutMark(bytes.toString("utf16le"));
  return withoutMark(bytes.toString("utf8"));
}

/** UTF-16 of mostly Latin text has a zero in every second byte; text in any other encoding has none at all. */
function isUtf16(bytes: Buffer): boolean {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return true;
  const sample = bytes.subarray(0, 64);
  let zeroCount = 0;
  for (let index = 1; index < sample.length; index += 2) if (sample[index] === 0) zeroCount += 1;
  return sample.length >= 4 && zeroCount * 4 >= sample.length;
}

function swapped(bytes: Buffer): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return Buffer.from(even).swap16().toString("utf16le");
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}
