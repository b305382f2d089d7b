import type { Capture } from "./captures.ts";

/** "4x NVIDIA A40" four times; "A; B" one each; bracketed remarks and "(cut)" are for people. */
export function expectedNames(capture: Capture, count: number): readonly string[] {
  const names = capture.names.split(";").map((part) => part.trim());
  const repeated = names.flatMap((name) => {
    const [, times, rest] = /^(\d+)x (.+)$/.exec(name) ?? [];
    return Array<string>(Number(times ?? 1)).fill(withoutRemark(rest ?? name));
  });
  return repeated.length === count ? repeated : Array<string>(count).fill(repeated[0] ?? "");
}

function withoutRemark(name: string): string {
  return name.replace(/\s*\((cut|row|rows|index|indices)\b.*$/, "").replace(/ with (1|7x) MIG.*$/, "");
}

/** "24564MiB", "48767MiB; 5120MiB", "40960 MiB; slice 9856MiB", "97887MiB each; …", "Not Supported". */
export function expectedMemoryMib(capture: Capture, count: number): readonly (number | null)[] {
  const parts = capture.vram
    .split(";")
    .map((part) => part.trim())
    .filter((part) => !/^slices?\b/.test(part));
  const sizes = parts.map((part) => {
    const mib = /(\d+) ?MiB/.exec(part)?.[1];
    return mib === undefined ? null : Number(mib);
  });
  return sizes.length === count ? sizes : Array<number | null>(count).fill(sizes[0] ?? null);
}
