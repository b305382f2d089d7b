import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

/** Where a bundle's files may lie below a catalog folder; nothing else is ever written. */
const FILE_NAME =
  /^(?:models|hardware|licences|runtimes|quality|quality\/index)\/[a-z0-9][a-z0-9._-]*\.json$/i;

const PARTS = ["models", "hardware", "licences", "runtimes", "quality", "quality/index"] as const;

const FILE_COUNT_MAX = 2000;

const files = z
  .record(z.string(), z.unknown())
  .refine(
    (all) => Object.keys(all).every((place) => FILE_NAME.test(place)),
    "expected each file at a place such as models/llama-3.json",
  )
  .refine((all) => Object.keys(all).length > 0, "expected at least one file")
  .refine((all) => Object.keys(all).length <= FILE_COUNT_MAX, `expected ${FILE_COUNT_MAX} files at most`);

const formatVersion = z.literal(1, "expected 1; a later format needs a later Fitment");

/**
 * A catalog as one JSON file: the day of its last change and its files by their place. `own` has no day; it is a
 * person's own folder, exported.
 */
export const bundleSchema = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("fitment-catalog"),
      formatVersion,
      date: z.iso.date(),
      files,
    }),
    z.strictObject({ kind: z.literal("fitment-own-catalog"), formatVersion, files }),
  ],
  "expected an object that Fitment wrote, of kind fitment-catalog or fitment-own-catalog",
);

/** The files of a bundle by their place, each parsed. */
export type BundleFiles = Readonly<Record<string, unknown>>;

export type Bundle = z.infer<typeof bundleSchema>;

export type ReadBundle =
  { readonly kind: "ok"; readonly bundle: Bundle } | { readonly kind: "failed"; readonly message: string };

/** Reads a bundle's text; what is wrong with it is said in a line. */
export function readBundle(text: string): ReadBundle {
  const json = parsed(text);
  if (json === undefined) return { kind: "failed", message: "it is not JSON" };
  const result = bundleSchema.safeParse(json);
  if (result.success) return { kind: "ok", bundle: result.data };
  const [issue] = result.error.issues;
  const at = issue?.path.join(".") ?? "";
  return { kind: "failed", message: `${at === "" ? "" : `${at}: `}${issue?.message ?? "not a catalog"}` };
}

/** Every JSON file of a catalog folder, parsed; what is no JSON is left out and named. */
export async function folderFiles(
  folder: string,
): Promise<{ readonly files: BundleFiles; readonly unreadable: readonly string[] }> {
  const files: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const part of PARTS) {
    for (const name of await jsonNames(path.join(folder, part))) {
      const place = `${part}/${name}`;
      const json = FILE_NAME.test(place)
        ? parsed(await readFile(path.join(folder, place), "utf8").catch(() => ""))
        : undefined;
      if (json === undefined) unreadable.push(place);
      else files[place] = json;
    }
  }
  return { files, unreadable };
}

/** Writes a bundle's files below a folder. Their places were checked when the bundle was read. */
export async function writeFiles(folder: string, all: BundleFiles): Promise<void> {
  for (const [place, json] of Object.entries(all)) {
    const file = path.join(folder, place);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(json, null, 2)}\n`);
  }
}

async function jsonNames(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  } catch {
    return []; // a person's own folder need not have every part
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown; // outside data; the schema checks it next
  } catch {
    return undefined;
  }
}
