import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import { bestFirst, rankModels, type RankedModel, verdictGroup } from "#engine/ranking.ts";
import { speedHere } from "#engine/speed/speed-here.ts";
import { headingLabel, verdictNote } from "#shared/verdict-text.ts";
import { parameterCount, qualityAt, reportLicence } from "./facts-of-model.ts";
import type { ReportVerdict } from "./report.ts";

/** Every model with its verdict, as the list of the window and of `fitment list` has them. */
export function reportVerdicts(question: AdviceQuestion, data: AdviceData): readonly ReportVerdict[] {
  const { machine, scenario } = question;
  const ranked = rankModels(data.models, machine, scenario);
  const qualityOf = ({ model, fit }: RankedModel): number | null =>
    qualityAt(model, fit.quantization, question, data)?.index ?? null;
  return bestFirst(ranked, qualityOf).map((each) => verdictOf(each, question, data));
}

function verdictOf({ model, fit }: RankedModel, question: AdviceQuestion, data: AdviceData): ReportVerdict {
  const { verdict, quantization, memory, placement } = fit;
  return {
    modelId: model.id,
    modelName: model.name,
    developer: model.developer,
    parameterCount: parameterCount(model),
    group: verdictGroup(verdict),
    verdict: headingLabel(verdict),
    note: verdictNote(verdict),
    quantization,
    contextLength: verdict.contextLength,
    placementKind: placement.kind,
    memoryTotalBytes: memory?.totalBytes ?? null,
    weightsBytes: memory?.weightsBytes ?? null,
    kvCacheBytes: memory?.kvCacheBytes ?? null,
    decodeTokensPerSecond: decodeRate({ model, fit }, question, data),
    quality: qualityAt(model, quantization, question, data),
    licence: reportLicence(model),
  };
}

function decodeRate(
  { model, fit }: RankedModel,
  { machine }: AdviceQuestion,
  { cards, runtimes = [], models, speed }: AdviceData,
): ReportVerdict["decodeTokensPerSecond"] {
  if (fit.placement.kind === "none") return null;
  const found = speedHere(fit, model, {
    machine,
    catalog: { cards, runtimes, models, speed },
    promptLength: null,
  });
  return found.kind === "known" ? found.decodeTokensPerSecond : null;
}
