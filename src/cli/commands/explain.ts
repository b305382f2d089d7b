import { explainModel } from "#advice/explain.ts";
import { explainAnswer } from "#cli/advice-answers.ts";
import { adviceSession, recommended } from "#cli/advice-session.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel, onlyModel } from "#cli/find-model.ts";
import { explainModelLines } from "#cli/output/advice-explain-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import type { Surroundings } from "#cli/surroundings.ts";

/** `fitment explain MODEL`: why it is the pick for a task here, or why not and the change that costs least. */
export async function explainChoice(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const name = onlyModel("explain", operands);
  const session = await adviceSession(options, surroundings);
  const model = findModel(name, session.catalog.models, session.catalog.problems);
  const recommendation = recommended(session);
  const explained = explainModel(model, recommendation);
  const { print, isColourful, columns } = surroundings;
  if (options.json === true) {
    print(JSON.stringify(explainAnswer(explained, recommendation), null, 2));
    return;
  }
  const screen = { style: terminalStyle(isColourful), width: columns };
  print(explainModelLines(explained, recommendation, screen).join("\n"));
}
