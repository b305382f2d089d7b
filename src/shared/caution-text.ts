import type { Caution } from "#advice/cautions.ts";
import { joulesToKilowattHours } from "#engine/units.ts";
import { differenceText, languageName } from "./advice-text.ts";
import { formatContext, formatMemory, formatRateRange, formatWaitRange } from "./format.ts";

/** A caution as a sentence with its figures. */
export function cautionText(caution: Caution): string {
  switch (caution.kind) {
    case "no-evidence":
      return caution.language === null
        ? "No evidence: nobody published a score of it at this task."
        : `No evidence for ${languageName(caution.language)}: nobody published a score of it in that language.`;
    case "thin-evidence":
      return `Thin evidence: its quality at this task rests on ${caution.scoreCount === 1 ? "one score" : `${caution.scoreCount} scores`}.`;
    case "stand-in-index":
      return "No index of this task is published; the one of general text stands for it.";
    case "image-part":
      return caution.bytes === null
        ? "To see images it loads another file, whose size nobody published; it is not counted here."
        : `To see images it loads another ${formatMemory(caution.bytes)}, which holds beside it; the figures here leave it out.`;
    case "thinks-first":
      return "It writes its thoughts before the answer, so an answer takes more tokens than it shows.";
    case "smaller-is-as-good":
      return `Larger is not better here: ${caution.other.model.name}, half the size or less, is ${differenceText(caution.difference, true)}.`;
    case "superseded":
      return `Superseded: ${caution.other.model.name} is newer, no larger here and ${differenceText(caution.difference, true)}.`;
    case "specialist-overlooked":
      return `A specialist is better at this: ${caution.other.model.name}, ${differenceText(caution.difference, true)}.`;
    case "memory-unused":
      return `Memory is left: ${caution.quantization} would hold too, for ${caution.gainedPoints.toFixed(1)} points more at ${caution.speedFactor.toFixed(2)} × the speed.`;
    case "full-precision":
      return `Full precision buys nothing: ${caution.quantization} loses ${caution.lostPoints.toFixed(1)} points, saves ${formatMemory(caution.savedBytes)} and is ${caution.speedFactor.toFixed(1)} × as fast.`;
    case "context-limit":
      return `Memory ends at ${formatContext(caution.longestContext)} of context, less than twice what you ask for: a longer talk will not hold.`;
    case "slow-prompts":
      return `A prompt of ${formatContext(caution.contextLength)} takes ${formatWaitRange(caution.timeToFirstTokenSeconds)} before the first word.`;
    case "below-speed-floor":
      return `Slow: ${formatRateRange(caution.decodeTokensPerSecond)} tokens/s, below what people will wait for.`;
    case "licence":
      return licenceCaution(caution);
    case "energy": {
      const { low, high } = caution.joulesPerMillionTokens;
      const kilowattHours = [low, high].map((joules) => joulesToKilowattHours(joules).toPrecision(2));
      return `A million tokens take ${kilowattHours.join(" to ")} kWh on the cards, at half to all of their board power.`;
    }
  }
}

function licenceCaution({ licence }: Extract<Caution, { kind: "licence" }>): string {
  if (licence === null) return "Its licence is not known: read it before use.";
  const note = licence.note === null ? "" : ` (${licence.note})`;
  switch (licence.commercialUse) {
    case "no":
      return `${licence.name}: no commercial use${note}.`;
    case "conditional":
      return `${licence.name}: commercial use under conditions${note}.`;
    case "unknown":
    case "yes":
      return `${licence.name}: whether commercial use is allowed is not verified${note}.`;
  }
}
