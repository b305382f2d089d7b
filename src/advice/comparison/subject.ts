import { estimateFit } from "#engine/estimate.ts";
import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { byUtility, optionsOfModel } from "#advice/evaluate.ts";
import { optionOf, type Option } from "#advice/option.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";

/** One of what is compared: a model, in a packing, on a machine. */
export interface Subject {
  readonly label: string;
  readonly model: Model;
  /** Null: the packing that serves the question best on the machine. */
  readonly quantization: QuantizationName | null;
  readonly machine: MachineReport;
}

/** A subject with its answers. */
export interface Compared {
  readonly label: string;
  readonly model: Model;
  /** Null where no size is known. */
  readonly quantization: QuantizationName | null;
  /** Null where the machine does not hold it. */
  readonly option: Option | null;
  /** For the memory, also of what is not held. */
  readonly fit: Fit;
  /** Languages that somebody scored it in. */
  readonly languages: readonly string[];
  /** The question on the subject's machine. */
  readonly question: AdviceQuestion;
}

export function compared(subject: Subject, asked: AdviceQuestion, data: AdviceData): Compared {
  const { label, model, machine } = subject;
  const question = { ...asked, machine };
  const option = optionFor(subject, question, data);
  const quantization = subject.quantization ?? option?.quantization ?? null;
  const fit = option?.fit ?? estimateFit(model, machine, question.scenario, quantization);
  const scored = data.quality.tasks.filter(({ modelId }) => modelId === model.id);
  const languages = [...new Set(scored.flatMap((entry) => Object.keys(entry.languages)))].sort();
  return { label, model, quantization: quantization ?? fit.quantization, option, fit, languages, question };
}

function optionFor(
  { model, quantization }: Subject,
  question: AdviceQuestion,
  data: AdviceData,
): Option | null {
  if (quantization !== null) return optionOf(model, quantization, question, data);
  return [...optionsOfModel(model, question, data)].sort(byUtility)[0] ?? null;
}
