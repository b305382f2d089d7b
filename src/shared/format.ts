import { bytesToGb, bytesToGib, bytesToMib } from "#engine/units.ts";

const BYTES_PER_GIB_SHOWN = 1; // below 1 GiB memory is shown in MiB

/** Memory: "23.5 GiB", or "812 MiB" below 1 GiB. */
export function formatMemory(bytes: number): string {
  const gib = bytesToGib(bytes);
  if (Math.abs(gib) >= BYTES_PER_GIB_SHOWN) return `${gib.toFixed(1)} GiB`;
  return `${bytesToMib(bytes).toFixed(0)} MiB`;
}

/** A file or download: "4.9 GB", decimal as hubs print it. */
export function formatFileSize(bytes: number): string {
  return `${bytesToGb(bytes).toFixed(1)} GB`;
}

/** Parameters: "8.03 B", "494 M". */
export function formatParameterCount(count: number): string {
  if (count >= 1e12) return `${(count / 1e12).toFixed(2)} T`;
  if (count >= 1e9) return `${(count / 1e9).toFixed(count >= 1e11 ? 0 : count >= 1e10 ? 1 : 2)} B`;
  return `${(count / 1e6).toFixed(0)} M`;
}

/** A context in full: "131,072 tokens". */
export function formatContext(tokenCount: number): string {
  return `${tokenCount.toLocaleString("en-US")} tokens`;
}

/** A context in short: "128K", 1024-based; exact where it is no multiple of 1024. */
export function formatContextShort(tokenCount: number): string {
  return tokenCount % 1024 === 0 ? `${tokenCount / 1024}K` : tokenCount.toLocaleString("en-US");
}

/** Memory bandwidth: "1008 GB/s", decimal as makers publish it. */
export function formatBandwidth(bytesPerSecond: number): string {
  return `${bytesToGb(bytesPerSecond).toFixed(0)} GB/s`;
}
