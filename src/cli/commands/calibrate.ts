import { addMeasuredRates, readMeasuredRates, writeMeasuredRates } from "#catalog/own/measured-rates.ts";
import type { Catalog } from "#engine/catalog.ts";
import type { MachineRate } from "#engine/speed/calibration/machine-rate.ts";
import { machineLabel } from "#engine/speed/calibration/rates-of-machine.ts";
import type { Options } from "#cli/arguments.ts";
import { readText } from "#cli/files.ts";
import { machineRequest, requestedMachine } from "#cli/machine-options.ts";
import { ratesOfOptions, ratesOfOutput } from "#cli/measured-input.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog } from "#cli/usable-catalog.ts";
import { AnswerError, UsageError } from "#cli/usage-error.ts";
import { formatContext, formatMeasuredRate } from "#shared/format.ts";

/**
 * `fitment calibrate FILE`, or `--decode N`: keeps rates measured on this computer, which then correct and narrow what
 * is said of it. Without either it lists them; `--remove` forgets them.
 */
export async function calibrate(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const isTyped = options.decode !== undefined || options.prefill !== undefined;
  const [file, ...more] = operands;
  if (more.length > 0) throw new UsageError(`calibrate takes one file; "${more.join(" ")}" is too much.`);
  if ([file !== undefined, isTyped, options.remove === true].filter(Boolean).length > 1) {
    throw new UsageError("A file, --decode or --prefill, and --remove exclude each other.");
  }
  if (options.remove === true) await remove(surroundings);
  else if (file === undefined && !isTyped) await show(options, surroundings);
  else await keep(file ?? null, options, surroundings);
}

async function keep(file: string | null, options: Options, surroundings: Surroundings): Promise<void> {
  const catalog = await usableCatalog(surroundings);
  const machine = await requestedMachine(machineRequest({}), catalog.cards, surroundings);
  const on = { machine, catalog, options };
  const fresh = file === null ? ratesOfOptions(on) : ratesOfOutput(await readText(file, surroundings), on);
  const added = await addMeasuredRates(surroundings.ownFolder, fresh);
  if (added.kind === "failed") throw unreadable(added.message);
  const { file: written } = added;
  if (options.json === true)
    surroundings.print(JSON.stringify({ schemaVersion: 1, file: written, rates: fresh }, null, 2));
  else {
    for (const rate of fresh) surroundings.print(rateLine(rate, catalog));
    surroundings.print(`Kept in ${written}; to forget all of them: fitment calibrate --remove`);
  }
}

async function show(options: Options, surroundings: Surroundings): Promise<void> {
  const catalog = await usableCatalog(surroundings);
  const rates = await keptRates(surroundings);
  const { print } = surroundings;
  if (options.json === true) {
    print(JSON.stringify({ schemaVersion: 1, rates }, null, 2));
    return;
  }
  if (rates.length === 0) {
    print(
      "Nothing was measured here. Read it from a program's output: llama-bench -m MODEL.gguf | fitment calibrate - --model ID",
    );
    return;
  }
  const { report } = await surroundings.detectMachine();
  for (const rate of rates) {
    const elsewhere = rate.machine === machineLabel(report) ? "" : ` (on ${rate.machine}: not used here)`;
    print(`${rateLine(rate, catalog)}${elsewhere}`);
  }
}

async function remove(surroundings: Surroundings): Promise<void> {
  const count = (await keptRates(surroundings)).length;
  if (count > 0) await writeMeasuredRates(surroundings.ownFolder, []);
  surroundings.print(
    count === 0
      ? "There was nothing to forget."
      : `Forgot ${count} measured ${count === 1 ? "rate" : "rates"}.`,
  );
}

async function keptRates({ ownFolder }: Surroundings): Promise<readonly MachineRate[]> {
  const kept = await readMeasuredRates(ownFolder);
  if (kept.kind === "ok") return kept.rates;
  throw unreadable(kept.message);
}

function unreadable(message: string): AnswerError {
  return new AnswerError(`${message}. Delete it to start afresh.`);
}

function rateLine(rate: MachineRate, { models }: Catalog): string {
  const { test, modelId, quantization, depth, tokenCount, runtimeId, backend } = rate;
  const name = models.find(({ id }) => id === modelId)?.id ?? `${modelId} (no longer in the catalog)`;
  const what =
    test === "decode"
      ? `writes after ${formatContext(depth)}`
      : `reads a prompt of ${formatContext(tokenCount)}`;
  const under = backend === null ? runtimeId : `${runtimeId}, ${backend}`;
  return `${name} at ${quantization} ${what}: ${formatMeasuredRate(rate.tokensPerSecond)} measured (${under})`;
}
