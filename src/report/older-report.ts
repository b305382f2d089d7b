import { VERDICT_GROUPS } from "#engine/ranking.ts";
import type { OlderReport } from "./changes.ts";
import { REPORT_SCHEMA_VERSION } from "./report.ts";

/** A report that was read, or what is wrong with it: the place inside, and what was expected there. */
export type ReadReport =
  | { readonly kind: "ok"; readonly report: OlderReport }
  | { readonly kind: "failed"; readonly message: string };

/** Checks what was saved as JSON (outside data), as far as it is compared; the rest of it may be anything. */
export function readOlderReport(json: unknown): ReadReport {
  try {
    return { kind: "ok", report: olderReport(json, "") };
  } catch (error) {
    if (error instanceof Unexpected) return { kind: "failed", message: error.message };
    throw error;
  }
}

/** Something else than what a report has there. */
class Unexpected extends Error {
  constructor(place: string, expected: string) {
    super(`${place === "" ? "the whole file" : place}: expected ${expected}`);
  }
}

/** Takes a value for what it is to be; throws where it is something else. */
type Read<Value> = (value: unknown, place: string) => Value;

const text: Read<string> = (value, place) => {
  if (typeof value === "string") return value;
  throw new Unexpected(place, "a text");
};

const bytes: Read<number> = (value, place) => {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Unexpected(place, "a number of bytes");
};

const instant: Read<string> = (value, place) => {
  const read = text(value, place);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(read)) return read;
  throw new Unexpected(place, "a day and a time");
};

function orNull<Value>(read: Read<Value>): Read<Value | null> {
  return (value, place) => (value === null ? null : read(value, place));
}

function listOf<Value>(read: Read<Value>): Read<readonly Value[]> {
  return (value, place) => {
    if (!Array.isArray(value)) throw new Unexpected(place, "a list");
    return value.map((item: unknown, index) => read(item, `${place}[${index}]`));
  };
}

function oneOf<Value extends string | number>(values: readonly Value[]): Read<Value> {
  return (value, place) => {
    const found = values.find((each) => each === value);
    if (found !== undefined) return found;
    throw new Unexpected(place, values.length === 1 ? JSON.stringify(values[0]) : "a known word");
  };
}

/** The fields asked for and no others; only what the object itself has counts. */
function object<Shape>(fields: { readonly [Key in keyof Shape]: Read<Shape[Key]> }): Read<Shape> {
  return (value, place) => {
    if (typeof value !== "object" || value === null) throw new Unexpected(place, "an object");
    const entries = Object.entries<Read<unknown>>(fields).map(([key, read]) => {
      const found: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
      return [key, read(found, place === "" ? key : `${place}.${key}`)];
    });
    return Object.fromEntries(entries) as Shape; // each field was read as its own kind
  };
}

const accelerator = object<OlderReport["machine"]["accelerators"][number]>({
  name: text,
  driverVersion: orNull(text),
  memoryTotalBytes: orNull(bytes),
  memoryFreeBytes: orNull(bytes),
});

const pick = object<OlderReport["answer"]["picks"][number]>({
  roles: listOf(text),
  modelId: text,
  modelName: text,
  quantization: text,
});

const compared = object<OlderReport>({
  madeAt: instant,
  versions: object<OlderReport["versions"]>({ fitment: text, catalogDate: orNull(text) }),
  question: object<OlderReport["question"]>({ sentences: listOf(text) }),
  machine: object<OlderReport["machine"]>({
    ram: object<OlderReport["machine"]["ram"]>({
      totalBytes: orNull(bytes),
      availableBytes: orNull(bytes),
      source: text,
    }),
    accelerators: listOf(accelerator),
  }),
  answer: object<OlderReport["answer"]>({ picks: listOf(pick) }),
  verdicts: listOf(
    object<OlderReport["verdicts"][number]>({
      modelId: text,
      modelName: text,
      group: oneOf(VERDICT_GROUPS),
      verdict: text,
    }),
  ),
});

const heading = object({ kind: oneOf(["fitment-report"]), schemaVersion: oneOf([REPORT_SCHEMA_VERSION]) });

const olderReport: Read<OlderReport> = (value, place) => {
  heading(value, place);
  return compared(value, place);
};
