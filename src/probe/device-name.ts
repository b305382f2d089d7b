import type { DeviceKind } from "#engine/machine.ts";
import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";

const MAKER_PATTERNS: readonly (readonly [RegExp, AcceleratorVendor])[] = [
  [/nvidia|geforce|quadro|\btesla\b/i, "nvidia"],
  [/advanced micro devices|\bamd\b|\bati\b|radeon|instinct/i, "amd"],
  [/intel/i, "intel"],
  [/apple/i, "apple"],
];

/** The maker, from whatever a tool calls it. */
export function makerOfName(text: string): AcceleratorVendor {
  return MAKER_PATTERNS.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
}

const MAKER_PREFIX: Readonly<Record<AcceleratorVendor, string>> = {
  nvidia: "NVIDIA",
  amd: "AMD",
  intel: "Intel",
  apple: "Apple",
  other: "",
};

/**
 * A name out of the public PCI id list, as people know it: "GA102 [GeForce RTX 3090]" is "NVIDIA GeForce RTX 3090".
 * Null for "Device 2963" (or "Device" before an id in brackets), which says that the list on that machine does not know the card.
 */
export function nameFromPciList(text: string, vendor: AcceleratorVendor): string | null {
  const bare = text
    .replace(/\(rev [0-9a-f]+\)|\(prog-if .*\)/gi, "")
    .replace(/^.*?\[AMD(?:\/ATI)?\]\s*/i, "")
    .replace(/^(nvidia|intel) corporation\s*/i, "")
    .replace(/\[[0-9a-f]{4}:[0-9a-f]{4}\]/gi, "")
    .trim();
  if (bare === "" || /^device( [0-9a-f]{4})?$/i.test(bare)) return null;
  const marketing = /\[([^\]]+)\]/.exec(bare)?.[1] ?? bare;
  const prefix = MAKER_PREFIX[vendor];
  return prefix === "" ||
    (makerOfName(marketing.split(" ")[0] ?? "") === vendor && marketing.startsWith(prefix))
    ? marketing
    : `${prefix} ${marketing}`;
}

const INTEGRATED: readonly RegExp[] = [
  /\b(UHD|HD) Graphics\b/i,
  /\bIris\b/i,
  /\bGMA\b/i,
  /^Intel(\(R\))?( Corporation)? Graphics( \[0x[0-9a-f]+\])?$/i,
  /\bArc(\(TM\))? (1[0-9]{2}[VT]|Graphics)\b/i,
  /\bRadeon(\(TM\))?( RX)?( Vega( \d+)?)? Graphics\b/i,
  /\bRadeon(\(TM\))? \d{3,4}[MS]( Graphics)?$/i,
  /\bRadeon(\(TM\))? R[4-7] Graphics\b/i,
  /^Apple M\d/i,
];

const DISCRETE: readonly RegExp[] = [
  /\b(GeForce|Quadro|Tesla|RTX|GTX|TITAN|GRID)\b/i,
  /\bArc(\(TM\))? (Pro )?[AB]\d{2,3}/i,
  /\b(Data Center GPU|SG1|SG-18M|DG1|Iris(\(R\))? Xe MAX)\b/i,
  /\bRadeon(\(TM\))? (RX \d{3,4}|Pro|VII|HD \d{4}|Instinct|AI PRO)/i,
  /\bInstinct\b/i,
];

/** Whether a name is only ever given to graphics inside a processor, or only to cards; null where it says neither. */
export function deviceKindOfName(name: string): DeviceKind | null {
  if (
    DISCRETE.some((pattern) => pattern.test(name)) &&
    !/\bGraphics$/.test(name.replace(/Arc.*Graphics$/, ""))
  ) {
    return "discrete";
  }
  return INTEGRATED.some((pattern) => pattern.test(name)) ? "integrated" : null;
}

/** Names that say no more than the maker, are a compiler target ("gfx1151"), or list several cards with slashes. */
const GENERIC: readonly RegExp[] = [
  /\//,
  /^(AMD )?Radeon(\(TM\))? Graphics$/i,
  /^(AMD )?gfx[0-9a-f]+$/i,
  /^Intel(\(R\))? Graphics$/i,
  /^(NVIDIA )?Graphics Device$/i,
  /^\w+ \(nvgpu\)$/i,
];

/** True where another source's name, if there is one, says more than this one. */
export function isGenericName(name: string): boolean {
  return GENERIC.some((pattern) => pattern.test(name));
}
