/** A text in which nothing is markup, for the inside of elements and of quoted attributes. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A point of a picture: no more digits than can be seen. */
export function place(value: number): string {
  return String(Math.round(value * 10) / 10);
}
