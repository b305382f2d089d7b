import type { Report, ReportVerdict } from "./report.ts";

type Cell = string | number | null;

/** One row a model in base units (RFC 4180: commas, quotes doubled, CRLF); what is not known is empty. */
export function reportCsv({ verdicts, answer }: Report): string {
  const roles = new Map(answer.picks.map((pick) => [pick.modelId, pick.roles.join(", ")]));
  const rows = verdicts.map((row) => COLUMNS.map(([, cellOf]) => cellOf(row, roles)));
  return [COLUMNS.map(([heading]) => heading), ...rows]
    .map((cells) => `${cells.map(cellText).join(",")}\r\n`)
    .join("");
}

type Roles = ReadonlyMap<string, string>;

const COLUMNS: readonly (readonly [string, (row: ReportVerdict, roles: Roles) => Cell])[] = [
  ["model_id", ({ modelId }) => modelId],
  ["model_name", ({ modelName }) => modelName],
  ["developer", ({ developer }) => developer],
  ["parameter_count", ({ parameterCount }) => parameterCount],
  ["verdict", ({ group }) => group],
  ["recommended_as", ({ modelId }, roles) => roles.get(modelId) ?? null],
  ["quantization", ({ quantization }) => quantization],
  ["context_length_tokens", ({ contextLength }) => contextLength],
  ["placement", ({ placementKind }) => placementKind],
  ["memory_total_bytes", ({ memoryTotalBytes }) => memoryTotalBytes],
  ["weights_bytes", ({ weightsBytes }) => weightsBytes],
  ["kv_cache_bytes", ({ kvCacheBytes }) => kvCacheBytes],
  ["decode_tokens_per_second_low", ({ decodeTokensPerSecond }) => estimated(decodeTokensPerSecond?.low)],
  ["decode_tokens_per_second_mid", ({ decodeTokensPerSecond }) => estimated(decodeTokensPerSecond?.mid)],
  ["decode_tokens_per_second_high", ({ decodeTokensPerSecond }) => estimated(decodeTokensPerSecond?.high)],
  ["quality_index", ({ quality }) => estimated(quality?.index)],
  ["quality_low", ({ quality }) => estimated(quality?.low)],
  ["quality_high", ({ quality }) => estimated(quality?.high)],
  ["quality_evidence", ({ quality }) => quality?.evidence ?? null],
  ["licence", ({ licence }) => licence.name],
  ["commercial_use", ({ licence }) => licence.commercialUse],
];

const ESTIMATE_DIGITS = 4;

/** More digits than an estimate has would only make the table wide. */
function estimated(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(ESTIMATE_DIGITS));
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const safe = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What spreadsheets run as a formula, also after blanks that they drop: an apostrophe before it makes it a text. */
function isFormula(text: string): boolean {
  return /^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/.test(text);
}
