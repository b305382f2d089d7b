import type { Options } from "#cli/arguments.ts";
import { didYouMean } from "#cli/did-you-mean.ts";
import { changeOwn } from "#cli/commands/catalog-own.ts";
import { refresh } from "#cli/commands/catalog-refresh.ts";
import { writeText } from "#cli/files.ts";
import { catalogCounts, catalogCountLines } from "#cli/output/catalog-counts.ts";
import {
  disagreementLines,
  largestDisagreements,
  largestSourceDisagreements,
  sourceDisagreementLines,
} from "#cli/output/catalog-disagreements.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { problemLine } from "#cli/usable-catalog.ts";
import { AnswerError, UsageError } from "#cli/usage-error.ts";
import type { Catalog, CatalogProblem } from "#engine/catalog.ts";

const QUESTIONS = ["check", "date", "refresh", "bundle", "export", "import", "remove"] as const;
const WITH_OPERAND: readonly string[] = ["bundle", "export", "import", "remove"];

/** `fitment catalog check`, `date`, `refresh`, and what is done with the person's own: `export`, `import`, `remove`. */
export async function inspectCatalog(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const [asked = "", operand, ...more] = operands;
  const question = QUESTIONS.find((name) => name === asked);
  const needsOperand = WITH_OPERAND.includes(asked);
  if (question === undefined || more.length > 0 || (operand !== undefined && !needsOperand)) {
    throw new UsageError(
      `catalog takes check or date. Also: refresh, bundle FILE, export FILE, import FILE, remove ID.${didYouMean(asked, QUESTIONS)}`,
    );
  }
  const isRefresh = question === "refresh";
  if (!isRefresh && (options.from !== undefined || options.undo === true))
    throw new UsageError("--from and --undo belong to catalog refresh.");
  if (question !== "check" && options.verbose === true)
    throw new UsageError("--verbose belongs to catalog check.");
  if (question === "check") await checkCatalog(options, surroundings);
  else if (question === "date") await showDate(options, surroundings);
  else if (isRefresh) await refresh(options, surroundings);
  else if (question === "bundle") await writeBundle(operand, options, surroundings);
  else await changeOwn(question, operand, options, surroundings);
}

/** Every problem of the shipped and the own files; exit code 1 where there is one. */
async function checkCatalog(options: Options, surroundings: Surroundings): Promise<void> {
  const { loadCatalog, loadQuality, readCatalogDate, print } = surroundings;
  const [catalog, quality] = await Promise.all([loadCatalog(), loadQuality()]);
  const details = catalogCounts(catalog, quality);
  const disagreements = largestDisagreements(catalog.models);
  const sourceDisagreements = largestSourceDisagreements(catalog.models);
  const problems = [...catalog.problems, ...quality.problems, ...dateProblems(await readCatalogDate())];
  const counts = {
    models: countsOf(catalog.models),
    accelerators: countsOf(catalog.cards),
    runtimes: countsOf(catalog.runtimes),
  };
  if (options.json === true)
    print(
      JSON.stringify(
        { schemaVersion: 1, ...counts, details, disagreements, sourceDisagreements, problems },
        null,
        2,
      ),
    );
  else
    print(
      [
        ...problems.map(problemLine),
        countLine(catalog),
        ...catalogCountLines(details, options.verbose === true ? "families" : "sums"),
        "Furthest from what their makers publish:",
        ...disagreementLines(disagreements),
        "Sources furthest apart on one model:",
        ...sourceDisagreementLines(sourceDisagreements),
      ].join("\n"),
    );
  if (problems.length === 0) return;
  throw new AnswerError(
    problems.length === 1 ? "The catalog has a problem." : `The catalog has ${problems.length} problems.`,
  );
}

/** The catalog in use as one file, to be put where others refresh from. */
async function writeBundle(
  file: string | undefined,
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  if (file === undefined) throw new UsageError("catalog bundle takes a file.");
  const bundle = await surroundings.bundleCatalog();
  if (bundle.kind === "failed") throw new AnswerError(`The catalog cannot be bundled: ${bundle.message}.`);
  const { content, fileCount, date } = bundle;
  await writeText(file, content, surroundings);
  const { print } = surroundings;
  if (options.json === true) print(JSON.stringify({ schemaVersion: 1, file, fileCount, date }));
  else
    print(
      `Wrote the catalog of ${date}, ${fileCount} files, to ${file}. Elsewhere: catalog refresh --from its address`,
    );
}

async function showDate(options: Options, { readCatalogDate, print }: Surroundings): Promise<void> {
  const date = await readCatalogDate();
  if (date === null) throw new AnswerError("The catalog's date cannot be read (catalog/catalog.json).");
  print(options.json === true ? JSON.stringify({ schemaVersion: 1, date }) : date);
}

function dateProblems(date: string | null): readonly CatalogProblem[] {
  const message = "expected a day such as 2026-11-25";
  return date === null ? [{ file: "catalog.json", path: "date", message }] : [];
}

type Entries = Catalog["models"] | Catalog["cards"] | Catalog["runtimes"];

function countsOf(entries: Entries): { readonly count: number; readonly ownCount: number } {
  return { count: entries.length, ownCount: entries.filter(({ origin }) => origin !== "shipped").length };
}

function countLine({ models, cards, runtimes }: Catalog): string {
  const lines = [countText(models, "models"), countText(cards, "accelerators")].join(", ");
  const ownRuntimes = runtimes.filter(({ origin }) => origin !== "shipped").length;
  return ownRuntimes === 0 ? lines : `${lines}, ${countText(runtimes, "runtimes")}`;
}

function countText(entries: Entries, what: string): string {
  const { count, ownCount } = countsOf(entries);
  return `${count} ${what}${ownCount === 0 ? "" : ` (${ownCount} own)`}`;
}
