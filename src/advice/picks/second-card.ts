import { cardToDouble, withOneMore } from "#engine/added-parts.ts";
import type { Accelerator, MachineReport } from "#engine/machine.ts";
import { isBetter } from "#advice/difference.ts";
import { byUtility, isTooSlow, optionsOfModel, type Evaluation } from "#advice/evaluate.ts";
import { hasEvidence, qualityOf, type Option } from "#advice/option.ts";
import { finestPacking } from "#engine/prepare.ts";
import { isKnown } from "#engine/fact.ts";
import { unsuitabilities } from "#advice/suitability.ts";

/** What one more of the machine's largest card would bring. */
export interface WithSecondCard {
  readonly cardName: string;
  readonly option: Option;
}

/** The best model that one more card would make possible, where it is better beyond the uncertainty; else null. */
export function withSecondCard(best: Option, { question, data }: Evaluation): WithSecondCard | null {
  const card = cardToDouble(question.machine);
  if (card === null) return null;
  const onMore = { ...question, machine: withAnother(question.machine, card) };
  const [option] = data.models
    .filter((model) => {
      const finest = finestPacking(model);
      const isPossible = isKnown(finest) && unsuitabilities(model, question).length === 0;
      return isPossible && qualityOf(model, finest.value, question, data).net.low > best.quality.net.low;
    })
    .flatMap((model) => optionsOfModel(model, onMore, data))
    .filter((each) => hasEvidence(each) && !isTooSlow(each, onMore) && isBetter(each, best))
    .sort(byUtility);
  return option === undefined || option.utility <= best.utility ? null : { cardName: card.name, option };
}

const larger = new WeakMap<MachineReport, MachineReport>();

/** The same object for the same machine, so that what was placed on it is known. */
function withAnother(machine: MachineReport, card: Accelerator): MachineReport {
  const known = larger.get(machine);
  if (known !== undefined) return known;
  const another = withOneMore(machine, card);
  larger.set(machine, another);
  return another;
}
