import { candidateQuantizations } from "#engine/candidates.ts";
import { prepare } from "#engine/prepare.ts";
import { packingFamily, type QuantizationName } from "#engine/quantization.ts";
import { BETTER_FROM_POINTS, effectOf, isBetter, isFaster, leavesRam } from "./effect.ts";
import { isOnAccelerators, stateWith, type OptimiseQuestion, type State } from "./state.ts";
import { found, NOTHING_FOUND, suggestion, type Found } from "./suggestion.ts";
import { say } from "#words/say.ts";

/** Down to the coarsest there is. */
const COARSEST: QuantizationName = "IQ1_S";

/** Another packing: better where there is room, 8 bits instead of 16, smaller where part of it is in RAM. */
export function otherPackings(question: OptimiseQuestion, before: State): Found {
  const names = packingsOf(question);
  const suggestions = [
    betterPacking(question, before, names),
    eightBits(question, before, names),
    smallerPacking(question, before, names),
  ].flatMap((one) => one.suggestions);
  return { suggestions, refusals: [] };
}

function packingsOf({ model, machine, scenario }: OptimiseQuestion): readonly QuantizationName[] {
  const prepared = prepare(model, machine, scenario);
  if (prepared.kind === "missing") return [];
  return candidateQuantizations(prepared.architecture, prepared.finest, COARSEST, scenario.runtime);
}

type Names = readonly QuantizationName[];

/**
 * Loses less, and stays where the model is now: on accelerators, or in RAM where it is there already. Of those that
 * nobody could tell from the best of them, the smallest.
 */
function betterPacking(question: OptimiseQuestion, before: State, names: Names): Found {
  const finer = names.slice(0, Math.max(0, names.indexOf(before.quantization)));
  const better = finer.flatMap((quantization) => {
    const after = stateWith(question, { quantization });
    const stays = after !== null && staysWhereItIs(before, after);
    return stays && isBetter(effectOf(before, after)) ? [after] : [];
  });
  const points = better.map(({ loss }) => loss?.points ?? Infinity);
  const least = Math.min(...points);
  const after = better.findLast((_, index) => (points[index] ?? Infinity) - least < BETTER_FROM_POINTS);
  if (after === undefined) return NOTHING_FOUND;
  const { quantization } = after;
  const cards = after.fit.placement.devices.filter(({ acceleratorId }) => acceleratorId !== null).length;
  return found(
    suggestion(before, after, {
      lever: { kind: "better-quantization", quantization },
      title: insteadText(before, quantization),
      reason:
        cards > 1
          ? say("The finer packing fits over {count} cards as well.", { count: cards })
          : say("The finer packing fits as well."),
    }),
  );
}

function insteadText({ quantization: before }: State, quantization: QuantizationName): string {
  return say("{quantization} instead of {before}", { quantization, before });
}

function staysWhereItIs(before: State, after: State): boolean {
  if (isOnAccelerators(before)) return isOnAccelerators(after);
  return after.offloadedBytes <= before.offloadedBytes;
}

const EIGHT_BITS: Names = ["FP8", "Q8_0", "INT8", "MLX_8BIT", "EXL3_8BPW", "EXL2_8BPW"];

function eightBits(question: OptimiseQuestion, before: State, names: Names): Found {
  if (packingFamily(before.quantization) !== "16-bit") return NOTHING_FOUND;
  const quantization = EIGHT_BITS.find((name) => names.includes(name));
  if (quantization === undefined) return NOTHING_FOUND;
  const after = stateWith(question, { quantization });
  if (after === null || after.usedBytes >= before.usedBytes) return NOTHING_FOUND;
  return found(
    suggestion(before, after, {
      lever: { kind: "eight-bit", quantization },
      title: say("8-bit weights ({quantization}) instead of {before}", {
        quantization,
        before: before.quantization,
      }),
      reason: say("Half the weights to hold and to read for each token."),
    }),
  );
}

/** The finest of those that leave RAM altogether, where part of the model is there. */
function smallerPacking(question: OptimiseQuestion, before: State, names: Names): Found {
  if (isOnAccelerators(before) || question.machine.accelerators.length === 0) return NOTHING_FOUND;
  const coarser = names.slice(names.indexOf(before.quantization) + 1);
  for (const quantization of coarser) {
    const after = stateWith(question, { quantization });
    if (after === null || !leavesRam(before, after) || !isOnAccelerators(after)) continue;
    if (!isFaster(effectOf(before, after))) continue;
    return found(
      suggestion(before, after, {
        lever: { kind: "smaller-quantization", quantization },
        title: insteadText(before, quantization),
        reason: say("So the accelerators hold all of it, and nothing waits for RAM."),
      }),
    );
  }
  return NOTHING_FOUND;
}
