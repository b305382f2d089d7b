import type { Catalog, CatalogProblem } from "#engine/catalog.ts";
import { checkLicenceFile } from "./licence-schema.ts";
import { withLicenceTerms } from "./licence-terms.ts";
import { lineOf } from "./line-of.ts";
import { loadRuntimes } from "./load-runtimes.ts";
import { loadSpeed } from "./load-speed.ts";
import { pathText } from "./problems.ts";
import { type CatalogPart, type MissingFolder, readJsonFile, readPart } from "./read-json.ts";
import { checkCardFile, checkModelFile, type CheckedEntry, type CheckedFile } from "./schema.ts";

/** Reads a catalog folder. What is broken in it is left out and named in `problems`; nothing throws. */
export async function loadCatalog(
  folder: string,
  missingFolder: MissingFolder = "is-a-problem",
): Promise<Catalog> {
  const [models, cards, licences, { runtimes, problems }, speed] = await Promise.all([
    loadEntries({ folder, part: "models", missingFolder }, checkModelFile),
    loadEntries({ folder, part: "hardware", missingFolder }, checkCardFile),
    readPart({ folder, part: "licences", missingFolder: "is-normal" }, checkLicenceFile),
    loadRuntimes(folder),
    loadSpeed(folder),
  ]);
  const terms = licences.files.flatMap((file) => file.licences);
  return {
    models: models.entries.map((model) => withLicenceTerms(model, terms)),
    cards: cards.entries,
    runtimes,
    speed: speed.kind === "ok" ? speed.constants : null,
    problems: [
      ...models.problems,
      ...cards.problems,
      ...licences.problems,
      ...problems,
      ...(speed.kind === "failed" ? speed.problems : []),
    ],
  };
}

interface LoadedEntries<Entry> {
  readonly entries: readonly Entry[];
  readonly problems: readonly CatalogProblem[];
}

/** Every entry of one part's files, each id once. */
async function loadEntries<Entry extends { readonly id: string }>(
  part: CatalogPart,
  checkFile: (file: string, json: unknown) => CheckedFile<Entry>,
): Promise<LoadedEntries<Entry>> {
  const { files, problems } = await readPart(part, checkFile);
  const unique = withoutDuplicates(files.flatMap((file) => file.entries));
  const duplicates = await Promise.all(unique.problems.map((problem) => withLine(part.folder, problem)));
  return { entries: unique.entries, problems: [...problems, ...duplicates] };
}

/** Only a duplicate's file is read again for it; there is hardly ever one. */
async function withLine(folder: string, problem: CatalogProblem): Promise<CatalogProblem> {
  const json = await readJsonFile(folder, problem.file);
  return json.kind === "ok" ? { ...problem, line: lineOf(json.text, problem.path) } : problem;
}

/** The first entry of an id stays; each later one is a problem. */
function withoutDuplicates<Entry extends { readonly id: string }>(
  checked: readonly CheckedEntry<Entry>[],
): LoadedEntries<Entry> {
  const firstById = new Map<string, CheckedEntry<Entry>>();
  const problems: CatalogProblem[] = [];
  for (const candidate of checked) {
    const { id } = candidate.entry;
    const first = firstById.get(id);
    if (first === undefined) {
      firstById.set(id, candidate);
      continue;
    }
    const message = `expected an id of its own: "${id}" is already ${pathText(first.path)} of ${first.file}`;
    problems.push({ file: candidate.file, path: pathText([...candidate.path, "id"]), message });
  }
  return { entries: [...firstById.values()].map(({ entry }) => entry), problems };
}
