/** A tool's JSON, though it prints warnings before and after it; null where there is none that can be read. */
export function jsonIn(text: string): unknown {
  const start = text.search(/[{[]/);
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  if (start === -1 || end < start) return null;
  try {
    return JSON.parse(text.slice(start, end + 1)) as unknown; // outside data; each field is checked where it is read
  } catch {
    return null; // cut off, or no JSON at all
  }
}
