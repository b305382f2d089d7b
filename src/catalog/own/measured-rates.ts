import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { MachineReport } from "#engine/machine.ts";
import { isMachineRate, type MachineRate } from "#engine/speed/calibration/machine-rate.ts";
import { readFailureText } from "#catalog/file-failure.ts";
import { writeWholeFile } from "#catalog/write-file.ts";

/** Where rates measured on this computer are kept, in the person's own folder. */
const RATES_FILE = "measured-rates.json";

/** The rates a person has kept, or why their file cannot be read. */
export type KeptRates =
  | { readonly kind: "ok"; readonly rates: readonly MachineRate[] }
  | { readonly kind: "failed"; readonly message: string };

/** Reads the kept rates; none where there is no file. Nothing throws. */
export async function readMeasuredRates(ownFolder: string): Promise<KeptRates> {
  const file = path.join(ownFolder, RATES_FILE);
  try {
    const json: unknown = JSON.parse(await readFile(file, "utf8"));
    const rates = ratesOf(json);
    if (rates === null)
      return { kind: "failed", message: `${file}: expected { "rates": [...] } as Fitment writes it` };
    return { kind: "ok", rates };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { kind: "ok", rates: [] };
    const reason = error instanceof SyntaxError ? "it is not JSON" : readFailureText(error);
    return { kind: "failed", message: `${file} cannot be read: ${reason}` };
  }
}

/** Writes the rates in the place of those that were kept; answers the file. */
export async function writeMeasuredRates(ownFolder: string, rates: readonly MachineRate[]): Promise<string> {
  const file = path.join(ownFolder, RATES_FILE);
  await mkdir(ownFolder, { recursive: true });
  await writeWholeFile(file, `${JSON.stringify({ schemaVersion: 1, rates }, null, 2)}\n`);
  return file;
}

/** Keeps more rates; one that answers the same question as a kept one takes its place. Answers the file and all rates. */
export async function addMeasuredRates(
  ownFolder: string,
  fresh: readonly MachineRate[],
): Promise<AddedRates> {
  const kept = await readMeasuredRates(ownFolder);
  if (kept.kind === "failed") return kept;
  const others = kept.rates.filter((rate) => !fresh.some((one) => isSameQuestion(one, rate)));
  const rates = [...others, ...fresh];
  return { kind: "ok", file: await writeMeasuredRates(ownFolder, rates), rates };
}

export type AddedRates =
  | { readonly kind: "ok"; readonly file: string; readonly rates: readonly MachineRate[] }
  | Extract<KeptRates, { readonly kind: "failed" }>;

function isSameQuestion(one: MachineRate, other: MachineRate): boolean {
  return JSON.stringify({ ...one, tokensPerSecond: 0 }) === JSON.stringify({ ...other, tokensPerSecond: 0 });
}

/** The machine with what was measured on it; where the file is broken, with a note that says so. */
export async function withMeasuredRates(machine: MachineReport, ownFolder: string): Promise<MachineReport> {
  const kept = await readMeasuredRates(ownFolder);
  if (kept.kind === "failed")
    return { ...machine, notes: [...machine.notes, `Measured rates: ${kept.message}.`] };
  return kept.rates.length === 0 ? machine : { ...machine, measuredRates: kept.rates };
}

function ratesOf(json: unknown): readonly MachineRate[] | null {
  if (typeof json !== "object" || json === null || !("rates" in json)) return null;
  const { rates } = json;
  return Array.isArray(rates) && rates.every(isMachineRate) ? rates : null;
}
