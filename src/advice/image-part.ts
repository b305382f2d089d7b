import { estimateFit } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import { projectorBytes } from "#engine/memory/vision-projector.ts";
import type { Option } from "./option.ts";
import type { AdviceQuestion } from "./question.ts";

/** What a model needs beside its own file to see images. */
export interface ImagePart {
  /** Null where nobody published its size. */
  readonly bytes: number | null;
  /** Both hold where the model alone is placed; true where the size is not known, which is said. */
  readonly isHeld: boolean;
}

/** The projector of an option on the machine of the question. */
export function imagePartOf(
  { model, quantization, fit }: Option,
  { machine, scenario }: AdviceQuestion,
): ImagePart {
  const size = projectorBytes(model);
  if (!isKnown(size)) return { bytes: null, isHeld: true };
  const extras = { projector: true, mtp: false, draft: null, loraRank: null, ...scenario.extras };
  const withPart = { ...scenario, extras: { ...extras, projector: true } };
  const { placement } = estimateFit(model, machine, withPart, quantization);
  return { bytes: size.value, isHeld: placement.kind === fit.placement.kind };
}
