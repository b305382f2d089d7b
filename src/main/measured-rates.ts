import { addMeasuredRates, writeMeasuredRates } from "#catalog/own/measured-rates.ts";
import { isMachineRate, type MachineRate } from "#engine/speed/calibration/machine-rate.ts";
import type { Answer } from "#shared/ipc.ts";
import { toldText } from "#shared/english/told-text.ts";
import { say } from "#words/say.ts";

/** Keeps a rate that a person measured; the page's word on it is checked. Answers all that are kept. */
export async function keepRate(ownFolder: string, rate: unknown): Promise<Answer<readonly MachineRate[]>> {
  if (!isMachineRate(rate)) return failed(say("That is no measured rate."));
  try {
    const added = await addMeasuredRates(ownFolder, [rate]);
    if (added.kind === "ok") return { kind: "ok", value: added.rates };
    return failed(say("{problem}. Delete it to start afresh.", { problem: toldText(added.message) }));
  } catch (error) {
    return failed(say("The rate could not be kept: {reason}.", { reason: reasonOf(error) }));
  }
}

/** Forgets every rate that was kept. */
export async function forgetRates(ownFolder: string): Promise<Answer<readonly MachineRate[]>> {
  try {
    await writeMeasuredRates(ownFolder, []);
    return { kind: "ok", value: [] };
  } catch (error) {
    return failed(say("The rates could not be forgotten: {reason}.", { reason: reasonOf(error) }));
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
