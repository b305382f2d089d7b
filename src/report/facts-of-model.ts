import { qualityOf, scoredQuality, type OptionQuality } from "#advice/option.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { licenceTermTexts } from "#shared/licence-text.ts";
import type { ReportLicence, ReportLicenceTerms, ReportQuality } from "./report.ts";

/** The terms as the catalog has them; of a person's own entry without where they read them, which may be a file. */
export function reportLicence({ licence, origin }: Model): ReportLicence {
  if (!isKnown(licence)) return { name: null, commercialUse: "unknown", note: null, source: licence.missing };
  const { name, commercialUse, note } = licence.value;
  const isOwn = origin !== "shipped";
  return { name, commercialUse, note: isOwn ? null : note, source: isOwn ? "own entry" : licence.source };
}

/** The same with what the licence asks for. */
export function reportLicenceTerms(model: Model): ReportLicenceTerms {
  const terms = isKnown(model.licence) ? model.licence.value.terms : undefined;
  return {
    ...reportLicence(model),
    terms: terms === undefined ? [] : licenceTermTexts(terms),
    url: terms?.url ?? null,
  };
}

/** Quality as packed; null where nobody published a score at the task or in a language asked for, or nobody measured what the packing loses. */
export function reportQuality(quality: OptionQuality): ReportQuality | null {
  const { evidence } = quality.task;
  const known = scoredQuality(quality);
  if (evidence.kind === "none" || known === null) return null;
  const { index, low, high } = known;
  const { entry } = evidence;
  const scoreCount = Object.keys(entry.scores).length;
  return { index, low, high, evidence: entry.evidence, mode: entry.mode, scoreCount };
}

/** The same for a model that is no option. */
export function qualityAt(
  model: Model,
  quantization: QuantizationName | null,
  question: AdviceQuestion,
  data: AdviceData,
): ReportQuality | null {
  return quantization === null ? null : reportQuality(qualityOf(model, quantization, question, data));
}

/** Parameters; null where nobody says. */
export function parameterCount({ parameterCount: count }: Model): number | null {
  return isKnown(count) ? count.value : null;
}
