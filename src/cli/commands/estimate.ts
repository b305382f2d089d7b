import { estimateFit } from "#engine/estimate.ts";
import { estimateAnswer } from "#cli/answers.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel, onlyModel } from "#cli/find-model.ts";
import { machineRequest, requestedMachine } from "#cli/machine-options.ts";
import { estimateLines } from "#cli/output/estimate-lines.ts";
import { failedProbeLines } from "#cli/output/machine-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { quantization, scenarioOf } from "#cli/scenario-options.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog } from "#cli/usable-catalog.ts";
import { UsageError } from "#cli/usage-error.ts";
import { estimateBatch } from "./batch.ts";

/** `fitment estimate`: one model, or a file of questions. */
export async function estimate(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const { batch } = options;
  if (batch === undefined) await estimateModel(operands, options, surroundings);
  else if (operands.length === 0) await estimateBatch(batch, options, surroundings);
  else throw new UsageError(`estimate --batch takes no "${operands.join(" ")}": each line names its model.`);
}

/** One model's verdict, memory and placement. */
async function estimateModel(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const scenario = scenarioOf(options);
  const request = machineRequest(options);
  const asked =
    options.quantization === undefined ? null : quantization("--quantization", options.quantization);
  const catalog = await usableCatalog(surroundings);
  const model = findModel(onlyModel("estimate", operands), catalog.models);
  const machine = await requestedMachine(request, catalog.cards, surroundings);
  const fit = estimateFit(model, machine, scenario, asked);
  const { print, complain, isColourful } = surroundings;
  for (const line of failedProbeLines(machine)) complain(line);
  if (options.json === true) print(JSON.stringify(estimateAnswer(fit), null, 2));
  else print(estimateLines(model, fit, terminalStyle(isColourful)).join("\n"));
}
