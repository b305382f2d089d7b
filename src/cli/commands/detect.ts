import { withMeasuredRates } from "#catalog/own/measured-rates.ts";
import { completeMachine } from "#engine/complete-machine.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Options } from "#cli/arguments.ts";
import { readText, writeText } from "#cli/files.ts";
import { detectionLines } from "#cli/output/machine-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { AnswerError, UsageError } from "#cli/usage-error.ts";
import { readCapture, replayMachine } from "#probe/replay.ts";

/** `fitment detect`: what this machine is (or a recorded one), and where each fact comes from. */
export async function detect(options: Options, surroundings: Surroundings): Promise<void> {
  const { capture, replay, measure = false } = options;
  if (capture !== undefined && replay !== undefined) {
    throw new UsageError("--capture and --replay exclude each other.");
  }
  if (measure && replay !== undefined) throw new UsageError("--measure and --replay exclude each other.");
  const [found, { cards }] = await Promise.all([
    replay === undefined ? detectHere(capture ?? null, surroundings) : detectFrom(replay, surroundings),
    surroundings.loadCatalog(),
  ]);
  const completed = completeMachine(found, cards);
  const machine = measure ? await withRamCopy(completed, surroundings) : completed;
  const { print, isColourful, columns } = surroundings;
  if (options.json === true) print(JSON.stringify(machine, null, 2));
  else print(detectionLines(machine, cards, terminalStyle(isColourful), columns).join("\n"));
}

/** After the detection, whose own processes would disturb it. */
async function withRamCopy(machine: MachineReport, { measureRamCopy }: Surroundings): Promise<MachineReport> {
  const measured = await measureRamCopy();
  if (measured.kind === "ok") return { ...machine, ram: { ...machine.ram, copy: measured.copy } };
  const note = `How fast RAM is copied could not be measured: ${measured.message}.`;
  return { ...machine, notes: [...machine.notes, note] };
}

async function detectHere(captureFile: string | null, surroundings: Surroundings): Promise<MachineReport> {
  const { report, capture } = await surroundings.detectMachine();
  const machine = await withMeasuredRates(report, surroundings.ownFolder);
  if (captureFile === null) return machine;
  await writeText(captureFile, `${JSON.stringify(capture(), null, 2)}\n`, surroundings);
  surroundings.complain(
    `Wrote all that was read to ${captureFile}. User and host names, serials, UUIDs and addresses are masked; look through it before you share it.`,
  );
  return machine;
}

async function detectFrom(file: string, surroundings: Surroundings): Promise<MachineReport> {
  const recorded = readCapture(await readText(file, surroundings));
  if (recorded.kind === "ok") return await replayMachine(recorded.capture);
  throw new AnswerError(
    `${file} cannot be replayed (${recorded.message}). Make a recording with: fitment detect --capture recording.json`,
  );
}
