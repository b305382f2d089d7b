import { bestFirst, rankModels } from "#engine/ranking.ts";
import type { Model } from "#engine/model.ts";
import { machineRightNow } from "#engine/right-now.ts";
import { speedHere } from "#engine/speed/speed-here.ts";
import { searchModels } from "#engine/model-search.ts";
import { knownQuality } from "#advice/option.ts";
import { NO_LIMITS, PRIORITIES } from "#advice/question.ts";
import type { Task } from "#advice/task.ts";
import { listAnswer } from "#cli/answers.ts";
import type { Options } from "#cli/arguments.ts";
import { machineRequest, requestedMachine } from "#cli/machine-options.ts";
import { listLines } from "#cli/output/list-lines.ts";
import { failedProbeLines, machineLines } from "#cli/output/machine-lines.ts";
import { wrapText } from "#cli/output/paragraph.ts";
import { rightNowLines } from "#cli/output/right-now-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { promptLength, scenarioOf } from "#cli/scenario-options.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { AnswerError } from "#cli/usage-error.ts";
import { usableCatalog, usableQuality } from "#cli/usable-catalog.ts";

/** A list is for no task, and general text stands for all. */
const LIST_TASK: Task = "general";

/** `fitment list`: every model, or each that `--search` finds, with its verdict on a machine, best first. */
export async function list(options: Options, surroundings: Surroundings): Promise<void> {
  const request = machineRequest(options);
  const catalog = await usableCatalog(surroundings);
  const scenario = scenarioOf(options, catalog);
  const machine = await requestedMachine(request, catalog.cards, surroundings);
  const isRightNow = options["right-now"] === true;
  const models = modelsFound(catalog.models, options.search);
  const ranked = rankModels(models, isRightNow ? machineRightNow(machine) : machine, scenario);
  const where = { machine, catalog, promptLength: promptLength(options) };
  const question = {
    machine,
    scenario,
    task: LIST_TASK,
    qualityWeight: PRIORITIES.balanced,
    limits: NO_LIMITS,
  };
  const data = { ...catalog, quality: await usableQuality(surroundings), calibration: null };
  const scored = ranked.map((row) => ({ ...row, quality: knownQuality(row, question, data) }));
  const timed = bestFirst(scored, ({ quality }) => quality?.index ?? null).map((row) => ({
    ...row,
    speed: speedHere(row.fit, row.model, where),
  }));
  for (const line of failedProbeLines(machine)) surroundings.complain(line);
  if (options.json === true) {
    surroundings.print(JSON.stringify(listAnswer(machine, scenario, timed), null, 2));
    return;
  }
  const { isColourful, columns } = surroundings;
  const style = terminalStyle(isColourful);
  surroundings.print(machineLines(machine, style, columns).join("\n"));
  for (const note of [...machine.notes, ...(isRightNow ? rightNowLines(machine) : [])])
    surroundings.print(wrapText(note, { width: columns, indent: 0 }).join("\n"));
  surroundings.print("");
  surroundings.print(listLines(timed, scenario, style, columns).join("\n"));
}

function modelsFound(models: readonly Model[], search: string | undefined): readonly Model[] {
  if (search === undefined) return models;
  const found = searchModels(models, search);
  if (found.length === 0) throw new AnswerError(`No model of the catalog is found by "${search}".`);
  return found;
}
