import { supersededBy } from "#engine/supersession.ts";
import { qualitiesOf, type Quality, QUALITY_TASKS, type TaskQuality } from "#engine/quality.ts";
import type { Options } from "#cli/arguments.ts";
import { installedById } from "#cli/installed.ts";
import { findModel, onlyModel } from "#cli/find-model.ts";
import { qualityTextLines } from "#cli/output/quality-lines.ts";
import { modelLines } from "#cli/output/model-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog, usableQuality } from "#cli/usable-catalog.ts";
import { installedText } from "#shared/installed-text.ts";

/** `fitment model ID`: every fact of a model, each with its source, and what published scores say of it. */
export async function showModel(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const name = onlyModel("model", operands);
  const { models, problems } = await usableCatalog(surroundings);
  const model = findModel(name, models, problems);
  const quality = await usableQuality(surroundings);
  const installed = (await installedById(surroundings)).get(model.id)?.copies ?? [];
  const { print, isColourful, columns } = surroundings;
  const style = terminalStyle(isColourful);
  if (options.json === true) {
    const newer = supersededBy(model, models).map(({ model: { id }, source }) => ({ id, source }));
    const answer = {
      schemaVersion: 1,
      ...model,
      supersededBy: newer,
      installed,
      quality: qualityAnswer(quality, model.id),
    };
    print(JSON.stringify(answer, null, 2));
    return;
  }
  const lines = [
    ...modelLines(model, models, { style, columns }),
    ...installed.map(installedText),
    "",
    ...qualityTextLines(quality, model.id, { style, columns }),
  ];
  print(lines.join("\n"));
}

/** By task; an empty list is no evidence. Each score with its benchmark in full, so that nothing has to be joined. */
function qualityAnswer(quality: Quality, modelId: string): object {
  const benchmarks = new Map(quality.benchmarks.map((benchmark) => [benchmark.id, benchmark]));
  const answer = ({ mode, index, low, high, evidence, languages, scores }: TaskQuality): object => ({
    mode,
    index,
    low,
    high,
    evidence,
    languages,
    scores: Object.entries(scores).map(([id, score]) => ({ score, benchmark: benchmarks.get(id) })),
  });
  return Object.fromEntries(
    QUALITY_TASKS.map((task) => [task, qualitiesOf(quality, modelId, task).map(answer)]),
  );
}
