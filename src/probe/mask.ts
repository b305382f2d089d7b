/**
 * What points to a person or to one machine, and what stands for it afterwards: characters of the same kind and
 * number, so that columns stay where they are and parsers read the same.
 */
const PATTERNS: readonly RegExp[] = [
  /\b[0-9a-f]{32,64}\b/gi,
  /\b(?:GPU|MIG|CPU)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi,
  /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/gi,
  /\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b/gi,
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])(?=[\s/,;:"')\]]|$)/g,
  /(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){1,4}(?![0-9a-f:.])/gi,
];

/** Values after these words, in any tool's way of writing them, are masked to their end. */
const KEYED =
  /((?:serial[ _-]?(?:number|no\.?)?(?: \(system\))?|serial_number|unique[ _-]?id|asset[ _-]?tag|hardware uuid|platform_uuid|provisioning[ _]udid|machine (?:name|id)|hostname|fqdn|computer ?name|host ?name|user ?name|SystemName|PSComputerName|CSName|board_serial|product_uuid|pdi|InstanceId)["']?\s*[:=>]+\s*["']?)([^\s"'<,][^"'<,\n]*)/gi;

/** Folders that carry a user's name. */
const HOME = /((?:\/home\/|\/Users\/|[A-Z]:\\+Users\\+))([^/\\\s"':;|]+)/g;

/** The values with every text in them masked; `names` are further words to mask (this user, this host). */
export function masked<Value>(value: Value, names: readonly string[]): Value {
  return mapTexts(value, (text) => maskedText(text, names)) as Value; // the shape is the same, texts are other texts
}

/** One text, masked; masking it again changes nothing that matters, and its length stays. */
export function maskedText(text: string, names: readonly string[]): string {
  const byPattern = PATTERNS.reduce(
    (masking, pattern) => masking.replace(pattern, (found) => dummy(found)),
    text,
  );
  const byKey = byPattern
    .replace(KEYED, (_whole, key: string, value: string) => `${key}${isUnsaid(value) ? value : dummy(value)}`)
    .replace(HOME, (_whole, folder: string, name: string) => `${folder}${dummy(name)}`);
  return names
    .filter((name) => name.length > 2)
    .reduce((masking, name) => masking.replaceAll(name, dummy(name)), byKey);
}

/** "N/A", "0", "None": nothing to hide, and a parser may look for it. */
function isUnsaid(value: string): boolean {
  return /^\[?(n\/a|none|0|unknown|not specified|not provided|to be filled.*|system serial number)\]?\s*$/i.test(
    value,
  );
}

/** Digits become 0 and letters x, except hexadecimal ones of an id, so that it stays one; the prefix of an id stays. */
function dummy(text: string): string {
  const prefix = /^(?:GPU|MIG|CPU)-/i.exec(text)?.[0] ?? "";
  const rest = text.slice(prefix.length);
  const isHex = /^[0-9a-f:.-]+$/i.test(rest);
  return `${prefix}${isHex ? numbered(rest) : rest.replace(/\d/g, "0").replace(/\p{L}/gu, "x")}`;
}

/** Two different ids stay different: the digits left are a short sum over the whole, which does not lead back. */
function numbered(id: string): string {
  const sum = Buffer.from(id).reduce((total, byte) => (total * 31 + byte) % 9973, 7);
  const digits = String(sum);
  const places = [...id.matchAll(/[0-9a-f]/gi)].length;
  let place = 0;
  return id.replace(/[0-9a-f]/gi, () => {
    const digit = digits[digits.length - (places - place)] ?? "0";
    place += 1;
    return digit;
  });
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isSecretKey(key) && typeof item === "string" && !isUnsaid(item) ? dummy(item) : mapTexts(item, map),
    ]),
  );
}

/** Fields of a library's answer that are such a value as a whole. */
function isSecretKey(key: string): boolean {
  return /^(serial|serialNum|uuid|hostname|fqdn|mac|ip4|ip6|hardware|assetTag|displayId)$/i.test(key);
}
