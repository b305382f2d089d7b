import type { OnProgress } from "#catalog/refresh/fetch-text.ts";
import type { Options } from "#cli/arguments.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { AnswerError, UsageError } from "#cli/usage-error.ts";
import { formatFileSize } from "#shared/format.ts";

/** `fitment catalog refresh`: a newer catalog from where the person says, or back to the shipped one. */
export async function refresh(options: Options, surroundings: Surroundings): Promise<void> {
  if (options.undo === true && options.from !== undefined)
    throw new UsageError("--undo takes nothing else: it goes back to the shipped catalog.");
  if (options.undo === true) await undo(options, surroundings);
  else await fetchNewer(options, surroundings);
}

async function fetchNewer(options: Options, surroundings: Surroundings): Promise<void> {
  const { readCatalogState, refreshCatalog, print, complain } = surroundings;
  const address = options.from ?? (await readCatalogState()).address;
  if (address === null) {
    throw new AnswerError(
      "Nobody has said where newer catalogs come from: fitment catalog refresh --from https://…, or set FITMENT_CATALOG_URL.",
    );
  }
  complain(`Reading ${address}`);
  const result = await refreshCatalog({
    address: options.from ?? null,
    onProgress: quarters(complain),
    signal: new AbortController().signal, // Ctrl+C ends the program, and nothing is in use before it is whole
  });
  if (result.kind === "failed") throw new AnswerError(result.message);
  const { date, dateBefore } = result;
  if (options.json === true) print(JSON.stringify({ schemaVersion: 1, date, dateBefore }));
  else
    print(
      `The catalog is of ${date} now; it was of ${dateBefore ?? "an unknown day"}. Back again: fitment catalog refresh --undo`,
    );
}

async function undo(options: Options, { undoRefresh, readCatalogDate, print }: Surroundings): Promise<void> {
  const wasUndone = await undoRefresh();
  const date = await readCatalogDate();
  if (options.json === true) print(JSON.stringify({ schemaVersion: 1, date, wasUndone }));
  else if (wasUndone) print(`Back to the shipped catalog of ${date ?? "an unknown day"}.`);
  else print("There is nothing to undo: the shipped catalog is in use.");
}

/** Says each quarter once, where the server says how much there is. */
function quarters(complain: Surroundings["complain"]): OnProgress {
  let said = 0;
  return (receivedBytes, totalBytes) => {
    const quarter =
      totalBytes === null || totalBytes === 0 ? 0 : Math.floor((4 * receivedBytes) / totalBytes);
    if (totalBytes === null || quarter <= said) return;
    said = quarter;
    complain(`  ${formatFileSize(receivedBytes)} of ${formatFileSize(totalBytes)}`);
  };
}
