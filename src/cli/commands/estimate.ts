import { estimateFit } from "#engine/estimate.ts";
import type { Fit } from "#engine/fit.ts";
import { explainFit, type Term } from "#engine/explain.ts";
import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { finestPacking } from "#engine/prepare.ts";
import { estimateRightNow, isFreeMemoryKnown } from "#engine/right-now.ts";
import { speedHere } from "#engine/speed/speed-here.ts";
import { estimateAnswer, rightNowAnswer } from "#cli/answers.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel, onlyModel } from "#cli/find-model.ts";
import { machineRequest, requestedMachine } from "#cli/machine-options.ts";
import { estimateLines } from "#cli/output/estimate-lines.ts";
import { failedProbeLines } from "#cli/output/machine-lines.ts";
import { wrapSentences } from "#cli/output/paragraph.ts";
import { explainLines } from "#cli/output/explain-lines.ts";
import { rightNowVerdictLines } from "#cli/output/right-now-lines.ts";
import { speedLines } from "#cli/output/speed-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { promptLength, scenarioOf } from "#cli/scenario-options.ts";
import { quantization } from "#cli/quantization-option.ts";
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
  const request = machineRequest(options);
  const asked =
    options.quantization === undefined ? null : quantization("--quantization", options.quantization);
  const catalog = await usableCatalog(surroundings);
  const scenario = scenarioOf(options, catalog);
  const model = findModel(onlyModel("estimate", operands), catalog.models, catalog.problems);
  const machine = await requestedMachine(request, catalog.cards, surroundings);
  const rightNow = estimateRightNow(model, machine, scenario, asked);
  const where = { machine, catalog, promptLength: promptLength(options) };
  const fit = options["right-now"] === true ? rightNow.fit : estimateFit(model, machine, scenario, asked);
  const terms = options.explain === true ? termsOf(model, fit) : null;
  const timed = { fit, speed: speedHere(fit, model, where) };
  const { print, complain, isColourful, columns } = surroundings;
  for (const line of failedProbeLines(machine)) complain(line);
  if (options.json === true) {
    const explained = terms === null ? {} : { terms };
    const answer = { ...estimateAnswer(timed), rightNow: rightNowAnswer(rightNow), ...explained };
    print(JSON.stringify(answer, null, 2));
    return;
  }
  const style = terminalStyle(isColourful);
  print(wrapSentences(estimateLines(model, fit, style), columns).join("\n"));
  print(speedLines(timed, { style, columns }).join("\n"));
  const after = [
    ...(machine.notes.length > 0 ? ["", ...machine.notes] : []),
    ...(isFreeMemoryKnown(machine) ? ["", ...rightNowVerdictLines(rightNow)] : []),
  ];
  if (after.length > 0) print(wrapSentences(after, columns).join("\n"));
  if (terms !== null) print(explainLines(terms, style, columns).join("\n"));
}

/** Empty where a fact is missing, as the verdict then says. */
function termsOf(model: Model, fit: Fit): readonly Term[] {
  const { architecture } = model;
  const finest = finestPacking(model);
  return isKnown(architecture) && isKnown(finest) ? explainFit(fit, architecture.value, finest.value) : [];
}
