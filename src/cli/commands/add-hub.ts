import type { Added } from "#catalog/own/add-model.ts";
import { addFromHub, type AddedFromHub } from "#catalog/hub/add-from-hub.ts";
import type { Options } from "#cli/arguments.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { AnswerError, UsageError } from "#cli/usage-error.ts";
import { formatFileSize } from "#shared/format.ts";

/** `fitment add --hf ORG/NAME [--file NAME]`: a model of Hugging Face into the person's own catalog. */
export async function addByHubId(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<Added> {
  const repository = options.hf ?? "";
  if (operands.length > 0) throw new UsageError("add takes a GGUF file or --hf ORG/NAME, not both.");
  if (!repository.includes("/")) throw new UsageError("--hf takes a model as ORG/NAME.");
  const added = await ask({ repository, file: options.file ?? null }, surroundings);
  if (added.kind !== "choose-file") return added;
  const rows = added.names.map(({ name, fileBytes }) => `  ${name}  ${formatFileSize(fileBytes)}`);
  throw new AnswerError(
    [`${repository} has several GGUF files. Choose one with --file NAME:`, ...rows].join("\n"),
  );
}

async function ask(
  request: { readonly repository: string; readonly file: string | null },
  { hub, loadCatalog, ownFolder, complain }: Surroundings,
): Promise<AddedFromHub> {
  const cancelling = new AbortController();
  const letGo = hub.onInterrupt(() => cancelling.abort());
  try {
    return await addFromHub(request, {
      access: { settings: hub.settings, signal: cancelling.signal },
      onProgress: hub.isWatched ? (line) => complain(`Reading ${line}`) : () => undefined,
      loadCatalog,
      ownFolder,
    });
  } finally {
    letGo();
  }
}
