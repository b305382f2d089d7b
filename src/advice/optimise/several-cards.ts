import type { Fit } from "#engine/fit.ts";
import type { Accelerator } from "#engine/machine.ts";
import { memoryBreakdown } from "#engine/placement/demand.ts";
import { shardsOf } from "#engine/placement/serving.ts";
import { demandFor, prepare, type Prepared } from "#engine/prepare.ts";
import { splitChoice } from "#engine/split-choice.ts";
import { effectOf, isBetter, isFaster } from "./effect.ts";
import { stateOfFit, type OptimiseQuestion, type State } from "./state.ts";
import { found, NOTHING_FOUND, refused, suggestion, type Found } from "./suggestion.ts";
import { andText } from "#words/lists.ts";
import { say } from "#words/say.ts";

/** Every matrix over like cards, which then work at once. */
export function tensorParallel(question: OptimiseQuestion, before: State): Found {
  const { machine, scenario, model } = question;
  if (machine.accelerators.length < 2 || before.fit.placement.kind === "tensor-parallel")
    return NOTHING_FOUND;
  const like = likeCards(machine.accelerators);
  if (like.length < 2) {
    return refused(
      "tensor-parallel",
      say("The cards are unlike, and equal shards are as large as the smallest one holds."),
    );
  }
  const asked = {
    ...question,
    machine: { ...machine, accelerators: like },
    scenario: { ...scenario, split: "tensor" as const },
  };
  const prepared = prepare(model, asked.machine, asked.scenario);
  if (prepared.kind === "missing") return NOTHING_FOUND;
  const choice = splitChoice(prepared.architecture, asked.scenario);
  if (choice.kind === "none")
    return refused("tensor-parallel", choice.reason ?? say("The runtime splits no model by tensors."));
  const { headCounts } = shardsOf(prepared.architecture);
  const cardCount = largestDivisor(like.length, headCounts);
  if (cardCount === null) {
    const heads = andText([...new Set(headCounts)].map(String));
    return refused(
      "tensor-parallel",
      say("Its {heads} heads do not divide over {count} cards or fewer.", { heads, count: like.length }),
    );
  }
  const fit = fitOver(asked, prepared, { before, cardCount });
  const after = fit === null ? null : stateOfFit(question, fit);
  if (after === null) return NOTHING_FOUND;
  const usedCount = after.fit.placement.devices.filter(({ acceleratorId }) => acceleratorId !== null).length;
  const effect = effectOf(before, after);
  if (!isFaster(effect) && !isBetter(effect)) {
    return refused(
      "tensor-parallel",
      say(
        "Over {count} cards it is no faster by the engine's reckoning: they wait for each other twice in every layer.",
        { count: usedCount },
      ),
    );
  }
  return found(
    suggestion(before, after, {
      lever: { kind: "tensor-parallel", cardCount: usedCount, split: "tensor" },
      title: say("Tensor parallel over {count} cards", { count: usedCount }),
      reason: say("{count} × {card} read their parts of each matrix at once.", {
        count: usedCount,
        card: like[0]?.name ?? "",
      }),
    }),
  );
}

/** The largest group of one kind. */
export function likeCards(accelerators: readonly Accelerator[]): readonly Accelerator[] {
  const kinds = [...new Set(accelerators.map(kindOf))];
  const groups = kinds.map((kind) => accelerators.filter((each) => kindOf(each) === kind));
  return groups.reduce((best, group) => (group.length > best.length ? group : best), []);
}

function kindOf({ name, memoryTotalBytes, memoryKind }: Accelerator): string {
  return `${name} ${memoryTotalBytes ?? "?"} ${memoryKind}`;
}

/** The most cards that every count of heads divides by; null where that is one. */
function largestDivisor(most: number, headCounts: readonly number[]): number | null {
  for (let count = most; count >= 2; count -= 1) {
    if (headCounts.every((heads) => heads % count === 0)) return count;
  }
  return null;
}

/** The engine would use one card where one does: here the split is what is asked about, over all of them. */
function fitOver(
  { scenario, model }: OptimiseQuestion,
  prepared: Prepared,
  { before, cardCount }: { readonly before: State; readonly cardCount: number },
): Fit | null {
  const { quantization } = before;
  const demand = demandFor(prepared, quantization, scenario);
  for (const rooms of prepared.rooms) {
    const cards = rooms.cards.slice(0, cardCount);
    const placement = prepared.ways.onSeveral(demand, { ...rooms, cards });
    if (placement?.kind !== "tensor-parallel") continue;
    const used = placement.devices.filter(({ acceleratorId }) => acceleratorId !== null).length;
    if (!shardsOf(prepared.architecture).headCounts.every((heads) => heads % used === 0)) continue;
    return {
      modelId: model.id,
      scenario,
      verdict: before.fit.verdict,
      quantization,
      memory: memoryBreakdown(demand, placement.devices),
      placement,
      caveats: prepared.caveats,
    };
  }
  return null;
}
