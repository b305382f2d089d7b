/**
 * What nvidia-smi prints where it has no value: "[N/A]", "[Not Supported]", "ERR!", "[Insufficient Permissions]",
 * "[Unknown Error]", "[GPU requires reset]", ... with or without brackets. Never 0, never a name.
 */
const NO_VALUE =
  /^\[?\s*(n\/?a|not supported|not available|not found|err!|insufficient permissions|no permission|unknown( error)?|gpu requires reset|reset required|gpu is lost|requires reset|disabled n\/?a|-|)\s*\]?$/i;

/** True where the text stands for "nobody knows". */
export function isNoValue(text: string): boolean {
  return NO_VALUE.test(text.trim());
}

/** A text field; null where it has no value. */
export function textValue(text: string | undefined): string | null {
  const value = text?.trim();
  return value === undefined || isNoValue(value) ? null : value;
}

/** A whole or decimal number without unit, or with that unit; null for everything else. */
export function numberValue(text: string | undefined, unit = ""): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text?.trim() ?? "");
  if (match === null || (match[2] !== "" && match[2] !== unit)) return null;
  return Number(match[1]);
}

/**
 * NVIDIA chips without memory of their own: they use the computer's RAM, and nvidia-smi calls their memory "Not
 * Supported". Known by name, because a broken card prints no memory either.
 */
export function usesUnifiedMemory(name: string): boolean {
  return /\b(GB10|Thor|Orin|Xavier|Tegra|Jetson)\b/i.test(name);
}
