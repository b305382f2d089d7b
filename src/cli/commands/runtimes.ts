import { underRuntimes } from "#engine/under-runtimes.ts";
import { runtimesAnswer, underRuntimesAnswer } from "#cli/answers.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel, onlyModel } from "#cli/find-model.ts";
import { machineRequest, requestedMachine } from "#cli/machine-options.ts";
import { failedProbeLines } from "#cli/output/machine-lines.ts";
import { runtimeLines, underRuntimesLines } from "#cli/output/runtime-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { scenarioOf } from "#cli/scenario-options.ts";
import { quantization } from "#cli/quantization-option.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog } from "#cli/usable-catalog.ts";

/** `fitment runtimes`: what each can do; with a model, how it would run under each. */
export async function runtimes(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const { print, isColourful, columns } = surroundings;
  const style = terminalStyle(isColourful);
  if (operands.length > 0) {
    await compareRuntimes(operands, options, surroundings);
    return;
  }
  const catalog = await usableCatalog(surroundings);
  if (options.json === true) print(JSON.stringify(runtimesAnswer(catalog.runtimes), null, 2));
  else print(runtimeLines(catalog.runtimes, style, columns).join("\n"));
}

async function compareRuntimes(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const request = machineRequest(options);
  const asked =
    options.quantization === undefined ? null : quantization("--quantization", options.quantization);
  const catalog = await usableCatalog(surroundings);
  const scenario = scenarioOf(options, catalog);
  const model = findModel(onlyModel("runtimes", operands), catalog.models, catalog.problems);
  const machine = await requestedMachine(request, catalog.cards, surroundings);
  const rows = underRuntimes({ model, machine, scenario }, catalog.runtimes, asked);
  const { print, complain, isColourful, columns } = surroundings;
  for (const line of failedProbeLines(machine)) complain(line);
  if (options.json === true) print(JSON.stringify(underRuntimesAnswer(model.id, scenario, rows), null, 2));
  else
    print(
      underRuntimesLines(model, scenario, rows, { style: terminalStyle(isColourful), width: columns }).join(
        "\n",
      ),
    );
}
