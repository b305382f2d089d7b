import { knownQuality, qualityOf, type QualityQuestion } from "#advice/option.ts";
import { askedQualityText, noEvidenceText } from "#shared/quality-text.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import type { Catalog } from "#engine/catalog.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import type { Quality, QualityData, QualityEstimate } from "#engine/quality.ts";
import type { QuantizationName } from "#engine/quantization.ts";
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
  return where === null ? null : readerOf(where)(row);
}

type QualityReader = (row: ModelRow) => QualityEstimate | null;

const readers = new WeakMap<QualityWhere, QualityReader>();
let last: { readonly key: string; readonly quality: Quality; readonly reader: QualityReader } | null = null;

/** The one before, as long as nothing that a quality depends on is asked otherwise: a slider asks for all of them. */
function readerOf(where: QualityWhere): QualityReader {
  const known = readers.get(where);
  if (known !== undefined) return known;
  const { quality } = where.data;
  const question = askedOfQuality(where.question);
  const key = JSON.stringify(question);
  const reader =
    last?.key === key && last.quality === quality ? last.reader : qualityReader(question, quality);
  last = { key, quality, reader };
  readers.set(where, reader);
  return reader;
}

function askedOfQuality({ task, qualityWeight, limits, scenario }: QualityQuestion): QualityQuestion {
  const { languages } = limits;
  const { keyCacheType, valueCacheType } = scenario;
  return { task, qualityWeight, limits: { languages }, scenario: { keyCacheType, valueCacheType } };
}

/** Each model in each packing once. */
function qualityReader(question: QualityQuestion, quality: Quality): QualityReader {
  const byModel = new WeakMap<Model, Map<QuantizationName, QualityEstimate | null>>();
  return (row) => {
    const quantization = row.fit?.quantization ?? null;
    if (quantization === null) return null;
    const byPacking = byModel.get(row.model) ?? new Map<QuantizationName, QualityEstimate | null>();
    byModel.set(row.model, byPacking);
    const known = byPacking.get(quantization);
    if (known !== undefined) return known;
    const estimate = knownQuality(row, question, { quality });
    byPacking.set(quantization, estimate);
    return estimate;
  };
}

/** The same in words, and what is missing where it is. */
export function rowQualityText({ model, fit }: ModelRow, where: QualityWhere | null): string {
  const quantization = fit?.quantization ?? null;
  return where === null || quantization === null
    ? noEvidenceText()
    : askedQualityText(qualityOf(model, quantization, where.question, where.data));
}
