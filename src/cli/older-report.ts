import { z } from "zod";
import type { OlderReport } from "#report/changes.ts";
import { VERDICT_GROUPS } from "#engine/ranking.ts";
import { readText } from "./files.ts";
import type { Surroundings } from "./surroundings.ts";
import { AnswerError } from "./usage-error.ts";

const bytes = z.int().nonnegative().nullable();

/** What is compared of a report; the rest of the file may be anything. */
const olderReport = z.object({
  kind: z.literal("fitment-report"),
  schemaVersion: z.literal(1),
  madeAt: z.iso.datetime(),
  versions: z.object({ fitment: z.string(), catalogDate: z.string().nullable() }),
  machine: z.object({
    ram: z.object({ totalBytes: bytes, availableBytes: bytes, source: z.string() }),
    accelerators: z.array(
      z.object({
        name: z.string(),
        driverVersion: z.string().nullable(),
        memoryTotalBytes: bytes,
        memoryFreeBytes: bytes,
      }),
    ),
  }),
  question: z.object({ sentences: z.array(z.string()) }),
  answer: z.object({
    picks: z.array(
      z.object({
        roles: z.array(z.string()),
        modelId: z.string(),
        modelName: z.string(),
        quantization: z.string(),
      }),
    ),
  }),
  verdicts: z.array(z.object({ modelId: z.string(), modelName: z.string(), group: z.enum(VERDICT_GROUPS) })),
}) satisfies z.ZodType<OlderReport>;

/** Reads what `fitment report --format json` wrote (outside data). Throws an AnswerError that names the file. */
export async function readOlderReport(file: string, surroundings: Surroundings): Promise<OlderReport> {
  const result = olderReport.safeParse(parsed(await readText(file, surroundings)));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map(String).join(".") ?? "";
  throw new AnswerError(
    `${file} is no report (${place === "" ? "the whole file" : place}: ${issue?.message ?? "?"}). Make one with: fitment report --format json --output ${file}`,
  );
}

/** What is no JSON is no report either: the schema then says so. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown; // outside data; the schema checks it next
  } catch {
    return null;
  }
}
