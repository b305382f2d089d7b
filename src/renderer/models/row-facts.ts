import { knownQuality, qualityOf } from "#advice/option.ts";
import { askedQualityText, noEvidenceText } from "#shared/quality-text.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import type { Catalog } from "#engine/catalog.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { QualityData, QualityEstimate } from "#engine/quality.ts";
import type { SpeedWhere } from "#engine/speed/speed-here.ts";
import type { ModelRow } from "./model-rows.ts";

/** What a speed depends on beside a fit; null until machine and catalog are known. */
export function speedWhereOf(machine: MachineReport | null, catalog: Catalog | null): SpeedWhere | null {
  return machine === null || catalog === null ? null : { machine, catalog, promptLength: null };
}

/** What a quality depends on beside a fit. */
export interface QualityWhere {
  readonly question: AdviceQuestion;
  readonly data: AdviceData;
}

/** Null until catalog and qualities are read, and there is something to ask. */
export function qualityWhereOf(
  catalog: Catalog | null,
  quality: QualityData | null,
  question: AdviceQuestion | null,
): QualityWhere | null {
  if (catalog === null || quality === null || question === null) return null;
  const { models, cards, runtimes, speed } = catalog;
  return { question, data: { models, cards, runtimes, speed, quality: quality.quality, calibration: null } };
}

/** Of a line of the list, as it is asked for, packed as its verdict says; null where a score is missing. */
export function rowQuality(row: ModelRow, where: QualityWhere | null): QualityEstimate | null {
  return where === null ? null : knownQuality(row, where.question, where.data);
}

/** The same in words, and what is missing where it is. */
export function rowQualityText({ model, fit }: ModelRow, where: QualityWhere | null): string {
  const quantization = fit?.quantization ?? null;
  return where === null || quantization === null
    ? noEvidenceText()
    : askedQualityText(qualityOf(model, quantization, where.question, where.data));
}
