import type { AdviceQuestion, Limits } from "#advice/question.ts";
import type { Scenario } from "#engine/scenario.ts";
import { adviceTaskLabel } from "#shared/advice-text.ts";
import { languageName } from "#shared/language-name.ts";
import { formatFileSize, formatParameterCount, formatRate } from "#shared/format.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import type { ReportQuestion, ReportScenario } from "./report.ts";

/** What was asked: the task, what counts, what must hold, and the scenario. */
export function reportQuestion({ task, qualityWeight, limits, scenario }: AdviceQuestion): ReportQuestion {
  const { languages } = limits;
  const named = languages.length === 0 ? "" : ` in ${languages.map(languageName).join(" and ")}`;
  const quality = (qualityWeight * 100).toFixed(0);
  const speed = ((1 - qualityWeight) * 100).toFixed(0);
  return {
    ...{ task, qualityWeight, languages },
    scenario: reportScenario(scenario),
    sentences: [
      `For ${adviceTaskLabel(task)}${named}; quality counts ${quality} %, speed ${speed} %.`,
      scenarioText(scenario),
      ...limitSentences(limits),
    ],
  };
}

function reportScenario(scenario: Scenario): ReportScenario {
  const { contextLength, keyCacheType, valueCacheType, lowestQuantization } = scenario;
  const { microBatchSize, flashAttention, parallelSequenceCount, runtime, backend } = scenario;
  return {
    ...{ contextLength, keyCacheType, valueCacheType, lowestQuantization },
    ...{ microBatchSize, flashAttention, parallelSequenceCount },
    runtimeId: runtime?.id ?? null,
    backend: backend ?? null,
  };
}

function limitSentences(limits: Limits): readonly string[] {
  const { lowestTokensPerSecond, lowestQualityIndex, licenceUse, mostParameterCount, mostDownloadBytes } =
    limits;
  return [
    ...(lowestTokensPerSecond === null ? [] : [`At least ${formatRate(lowestTokensPerSecond)}.`]),
    ...(lowestQualityIndex === null ? [] : [`Quality of at least ${lowestQualityIndex} index points.`]),
    ...(licenceUse === "any" ? [] : ["Only licences that allow commercial use, with or without conditions."]),
    ...(mostParameterCount === null
      ? []
      : [`At most ${formatParameterCount(mostParameterCount)} parameters.`]),
    ...(mostDownloadBytes === null ? [] : [`At most ${formatFileSize(mostDownloadBytes)} to download.`]),
  ];
}
