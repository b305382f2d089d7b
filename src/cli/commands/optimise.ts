import { optimise as optimiseModel, type Optimisation } from "#advice/optimise/optimise.ts";
import type { State } from "#advice/optimise/state.ts";
import { adviceData, taskOf } from "#cli/advice-options.ts";
import { scenarioAnswer } from "#cli/answers.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel, onlyModel } from "#cli/find-model.ts";
import { machineRequest, requestedMachine } from "#cli/machine-options.ts";
import { failedProbeLines } from "#cli/output/machine-lines.ts";
import { optimiseLines } from "#cli/output/optimise-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { scenarioOf } from "#cli/scenario-options.ts";
import { quantization } from "#cli/quantization-option.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog } from "#cli/usable-catalog.ts";
import { estimateFit } from "#engine/estimate.ts";
import type { Model } from "#engine/model.ts";

/** `fitment optimise`: which changes help a model on this machine, and by how much. */
export async function optimise(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const request = machineRequest(options);
  const named =
    options.quantization === undefined ? null : quantization("--quantization", options.quantization);
  const task = taskOf(options);
  const catalog = await usableCatalog(surroundings);
  const { quality } = await surroundings.loadQuality();
  const scenario = scenarioOf(options, catalog);
  const model = findModel(onlyModel("optimise", operands), catalog.models, catalog.problems);
  const machine = await requestedMachine(request, catalog.cards, surroundings);
  const asked = { model, machine, scenario, quantization: named, task, runtimes: catalog.runtimes };
  const answer = optimiseModel({ ...asked, data: adviceData(catalog, quality) });
  const { print, complain, isColourful, columns } = surroundings;
  for (const line of failedProbeLines(machine)) complain(line);
  if (options.json === true) {
    print(JSON.stringify(optimiseAnswer(model, answer), null, 2));
    return;
  }
  const fit = estimateFit(model, machine, scenario, named);
  const screen = { style: terminalStyle(isColourful), width: columns };
  print(optimiseLines(model, fit, answer, screen).join("\n"));
}

/** `optimise --json`; rates and memory in base units, quality in index points. */
function optimiseAnswer(model: Model, { before, suggestions, refusals, worthTrying }: Optimisation): object {
  return {
    schemaVersion: 1,
    model: model.id,
    before: before === null ? null : stateAnswer(before),
    suggestions: suggestions.map(({ lever, title, reason, effect, after }) => ({
      lever,
      title,
      reason,
      effect,
      after: stateAnswer(after),
    })),
    refusals,
    worthTrying,
  };
}

function stateAnswer({ fit, quantization: name, speed, loss, usedBytes, offloadedBytes }: State): object {
  const { scenario, placement } = fit;
  return {
    scenario: scenarioAnswer(scenario),
    quantization: name,
    placement,
    speed,
    loss,
    usedBytes,
    offloadedBytes,
  };
}
