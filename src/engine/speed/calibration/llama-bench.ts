import type { MeasuredRate } from "./measured-rate.ts";

/**
 * Rates in llama-bench's output: its table (the default), CSV, JSON or JSON lines. Tests of a prompt followed by an
 * answer (`pp512+tg128`) mix the two and are left out.
 */
export function parseLlamaBench(output: string): readonly MeasuredRate[] {
  const text = output.trim();
  if (text.startsWith("[") || text.startsWith("{")) return jsonRates(text);
  return text.includes("|") ? tableRates(text) : csvRates(text);
}

type Fields = Readonly<Record<string, string>>;

function tableRates(text: string): readonly MeasuredRate[] {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, line.endsWith("|") ? -1 : undefined)
        .split("|")
        .map((cell) => cell.trim()),
    );
  const header = rows.find((cells) => cells.includes("t/s"));
  if (header === undefined) return [];
  return rows
    .filter((cells) => cells !== header && !cells.every((cell) => /^:?-+:?$/.test(cell)))
    .flatMap((cells) => tableRate(named(header, cells)) ?? []);
}

/** "pp512", "tg128 @ d4096"; the rate is "186.21 ± 0.05". */
function tableRate(fields: Fields): MeasuredRate | null {
  const test = /^(pp|tg)(\d+)(?: @ d(\d+))?$/.exec(fields.test ?? "");
  const tokensPerSecond = Number.parseFloat(fields["t/s"] ?? "");
  if (test === null || !(tokensPerSecond > 0)) return null;
  const [, kind, tokenCount, depth] = test;
  return {
    test: kind === "pp" ? "prefill" : "decode",
    tokensPerSecond,
    ...modelWords(fields.model ?? null),
    backend: wordOrNull(fields.backend),
    depth: depth === undefined ? 0 : Number(depth),
    tokenCount: Number(tokenCount),
    program: "llama-bench",
  };
}

function csvRates(text: string): readonly MeasuredRate[] {
  const [header, ...rows] = text.split(/\r?\n/).map(csvCells);
  if (header === undefined) return [];
  return rows.flatMap((cells) => recordRate(named(header, cells)) ?? []);
}

function jsonRates(text: string): readonly MeasuredRate[] {
  const records = text.startsWith("[") ? parseJson(text) : text.split(/\r?\n/).map(parseJson);
  if (!Array.isArray(records)) return [];
  return records.filter(isRecord).flatMap((record) => recordRate(textFields(record)) ?? []);
}

/** Records of CSV and JSON have the same names. Both counts above 0 is a mixed test. */
function recordRate(fields: Fields): MeasuredRate | null {
  const promptCount = Number(fields.n_prompt ?? Number.NaN);
  const generatedCount = Number(fields.n_gen ?? Number.NaN);
  const tokensPerSecond = Number(fields.avg_ts ?? Number.NaN);
  const isMixed = promptCount > 0 === generatedCount > 0;
  if (Number.isNaN(promptCount) || Number.isNaN(generatedCount) || isMixed || !(tokensPerSecond > 0))
    return null;
  return {
    test: promptCount > 0 ? "prefill" : "decode",
    tokensPerSecond,
    ...modelWords(fields.model_type ?? null),
    backend: wordOrNull(fields.backends ?? fields.backend),
    depth: fields.n_depth === undefined ? 0 : Number(fields.n_depth),
    tokenCount: Math.max(promptCount, generatedCount),
    program: "llama-bench",
  };
}

/** "llama 8B Q4_K - Medium": the packing in llama.cpp's long words is what names a file "Q4_K_M". */
function modelWords(words: string | null): Pick<MeasuredRate, "model" | "quantization"> {
  const match = /^(.*?)\s+(?:mostly |all )?((?:I?Q|F|BF|MXFP|TQ)\d\S*(?: - .*| MoE)?)$/.exec(
    words?.trim() ?? "",
  );
  const [, model = words, packing] = match ?? [];
  return { model: wordOrNull(model), quantization: packing === undefined ? null : shortPacking(packing) };
}

const SIZE_LETTERS: Readonly<Record<string, string>> = {
  "extra small": "XS",
  small: "S",
  medium: "M",
  large: "L",
};

/** "Q4_K - Medium" is Q4_K_M; what follows in numbers ("IQ4_XS - 4.25 bpw") says nothing more. */
function shortPacking(packing: string): string {
  const [base = packing, size] = packing.replace(/ MoE$/, "_MOE").split(" - ");
  const letter = SIZE_LETTERS[size?.toLowerCase() ?? ""];
  return letter === undefined ? base : `${base}_${letter}`;
}

function named(header: readonly string[], cells: readonly string[]): Fields {
  return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""]));
}

/** Fields in double quotes, with doubled quotes inside. */
function csvCells(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown; // outside data; looked at field by field
  } catch {
    return null; // a line that is no JSON holds no rate
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textFields(record: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [],
    ),
  );
}

function wordOrNull(word: string | null | undefined): string | null {
  return word === undefined || word === null || word === "" ? null : word;
}
