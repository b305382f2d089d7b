import { recommend, type Recommendation } from "#advice/recommend.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import type { Catalog } from "#engine/catalog.ts";
import { machineRightNow } from "#engine/right-now.ts";
import { adviceData, adviceQuestion, scoredLanguages, taskOf } from "./advice-options.ts";
import type { Options } from "./arguments.ts";
import { machineRequest, requestedMachine } from "./machine-options.ts";
import { failedProbeLines } from "./output/machine-lines.ts";
import { rightNowLines } from "./output/right-now-lines.ts";
import type { Surroundings } from "./surroundings.ts";
import { usableCatalog, usableQuality } from "./usable-catalog.ts";

/** What an advice command has read: the catalog, the question, and what answers are drawn from. */
export interface AdviceSession {
  readonly catalog: Catalog;
  readonly data: AdviceData;
  readonly question: AdviceQuestion;
}

/** Reads what is asked, where, and everything advice is drawn from. Wrong usage is found before anything is detected. */
export async function adviceSession(options: Options, surroundings: Surroundings): Promise<AdviceSession> {
  const request = machineRequest(options);
  taskOf(options);
  const catalog = await usableCatalog(surroundings);
  const quality = await usableQuality(surroundings);
  const whole = await requestedMachine(request, catalog.cards, surroundings);
  const isRightNow = options["right-now"] === true;
  for (const line of [...failedProbeLines(whole), ...(isRightNow ? rightNowLines(whole) : [])])
    surroundings.complain(line);
  const machine = isRightNow ? machineRightNow(whole) : whole;
  const question = adviceQuestion(options, machine, catalog, scoredLanguages(quality));
  return { catalog, data: adviceData(catalog, quality), question };
}

/** The recommendation for the session's question. */
export function recommended({ question, data }: AdviceSession): Recommendation {
  return recommend(question, data);
}
