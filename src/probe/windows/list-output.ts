/**
 * Objects as Windows' own tools list them: "Name : value" (PowerShell's Format-List) or "Name=value" (wmic), a blank
 * line between two objects, or several "Name=value" in one line. A last line without its line break may be cut.
 */
export function parseListOutput(text: string): readonly Readonly<Record<string, string>>[] {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1).replace(/\r/g, "");
  const objects = whole.split(/\n\s*\n/).flatMap((block) => (isBarred(block) ? block.split("\n") : [block]));
  return objects.map(readObject).filter((fields) => Object.keys(fields).length > 0);
}

function isBarred(block: string): boolean {
  return block
    .trim()
    .split("\n")
    .every((line) => /^\w+=[^|]*(\|\w+=[^|]*)+$/.test(line));
}

function readObject(block: string): Readonly<Record<string, string>> {
  const lines = block.split(/\n|\|(?=\w+=)/);
  const pairs = lines
    .map((line) => /^\s*([A-Za-z]\w*)\s*[:=]\s?(.*?)\s*$/.exec(line))
    .filter((match) => match !== null);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, value]));
}
