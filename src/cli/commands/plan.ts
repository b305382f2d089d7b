import { changedFit } from "#engine/changed-fit.ts";
import type { Change } from "#engine/cheapest-change.ts";
import { estimateFit } from "#engine/estimate.ts";
import { namedCardsNeeded, type NamedCount } from "#engine/hardware-for.ts";
import { planFor } from "#engine/plan.ts";
import { speedHere } from "#engine/speed/speed-here.ts";
import { changedFitText } from "#shared/change-text.ts";
import { planAnswer } from "#cli/answers.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel, onlyModel } from "#cli/find-model.ts";
import { machineRequest, requestedMachine } from "#cli/machine-options.ts";
import { failedProbeLines } from "#cli/output/machine-lines.ts";
import { planLines } from "#cli/output/plan-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { scenarioOf } from "#cli/scenario-options.ts";
import { quantization } from "#cli/quantization-option.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog, usableQuality } from "#cli/usable-catalog.ts";
import { UsageError } from "#cli/usage-error.ts";

/** `fitment plan`: how far this machine goes with a model, what change would help, and what hardware would do. */
export async function plan(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const request = machineRequest(options);
  const named =
    options.quantization === undefined ? null : quantization("--quantization", options.quantization);
  const catalog = await usableCatalog(surroundings);
  const { models, cards, runtimes, problems } = catalog;
  const scenario = scenarioOf(options, { runtimes, models });
  const model = findModel(onlyModel("plan", operands), models, problems);
  const machine = await requestedMachine(request, cards, surroundings);
  const asked = { model, machine, scenario };
  const fit = estimateFit(model, machine, scenario, named);
  const planned = planFor(asked, fit, cards);
  const cardText = options["for-card"];
  const forCard =
    cardText === undefined || planned === null
      ? null
      : checked(namedCardsNeeded(asked, cardText, cards, planned.quantization));
  const { print, complain, isColourful, columns } = surroundings;
  for (const line of failedProbeLines(machine)) complain(line);
  if (options.json === true) {
    print(JSON.stringify(planAnswer(fit, planned, forCard), null, 2));
    return;
  }
  const quality = await usableQuality(surroundings);
  const changed = (change: Change): string => {
    if (planned === null) return "";
    const after = changedFit(asked, planned.quantization, change);
    const where = { machine: after.machine, catalog, promptLength: null };
    return changedFitText(after.fit, speedHere(after.fit, model, where));
  };
  const shown = {
    model,
    fit,
    plan: planned,
    hasCards: machine.accelerators.length > 0,
    forCard,
    quality,
    changed,
  };
  print(planLines(shown, terminalStyle(isColourful), columns).join("\n"));
}

function checked(result: NamedCount): Extract<NamedCount, { kind: "ok" }> {
  if (result.kind === "ok") return result;
  throw new UsageError(`--for-card: ${result.message}`);
}
