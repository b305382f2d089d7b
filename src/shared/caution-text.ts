import type { Caution } from "#advice/cautions.ts";
import type { NotFree } from "#engine/right-now.ts";
import { joulesToKilowattHours } from "#engine/units.ts";
import { fixedText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { differenceText, timesText } from "./advice-text.ts";
import { toldText } from "./english/told-text.ts";
import {
  formatBandwidth,
  formatContext,
  formatMemory,
  formatMemoryInSum,
  formatRateRange,
  formatWaitRange,
} from "./format.ts";
import { languageName } from "./language-name.ts";

type CautionOf<Kind extends Caution["kind"]> = Extract<Caution, { kind: Kind }>;

/** A caution as a sentence with its figures. */
export function cautionText(caution: Caution): string {
  switch (caution.kind) {
    case "not-free-now":
      return notFreeText(caution);
    case "no-evidence":
      return noEvidenceCaution(caution);
    case "thin-evidence":
      return say(
        "Thin evidence: its quality at this task rests on {count, plural, one {one score} other {# scores}}.",
        { count: caution.scoreCount },
      );
    case "stand-in-index":
      return say("No index of this task is published; the one of general text stands for it.");
    case "image-part":
      return imagePartCaution(caution);
    case "thinks-first":
      return say("It writes its thoughts before the answer, so an answer takes more tokens than it shows.");
    case "smaller-is-as-good":
    case "superseded":
    case "specialist-overlooked":
      return betterCaution(caution);
    case "replaced":
      return say("{name}, by the same developer, replaces it.", { name: caution.by.name });
    case "memory-unused":
      return say("Memory is left: {quantization} would hold too, for {points} points more ({speed}).", {
        quantization: caution.quantization,
        points: fixedText(caution.gainedPoints, 1),
        speed: timesText(caution.speedFactor),
      });
    case "full-precision":
      return say(
        "Full precision buys nothing: {quantization} loses {points} points, saves {memory} and is {speed}.",
        {
          quantization: caution.quantization,
          points: fixedText(caution.lostPoints, 1),
          memory: formatMemory(caution.savedBytes),
          speed: timesText(caution.speedFactor),
        },
      );
    case "context-limit":
    case "assumed-ram":
    case "slow-prompts":
    case "below-speed-floor":
      return waitOrLimitCaution(caution);
    case "licence":
      return licenceCaution(caution);
    case "energy":
      return energyCaution(caution);
  }
}

/** What other programs hold of what it needs. */
export function notFreeText({ deviceName, neededBytes, freeBytes }: NotFree): string {
  const [needed, free] = [formatMemory(neededBytes), formatMemory(freeBytes)];
  const isTold = needed !== free;
  return say("Needs {needed} of {device}; {free} are free now.", {
    device: deviceName,
    needed: isTold ? needed : formatMemoryInSum(neededBytes),
    free: isTold ? free : formatMemoryInSum(freeBytes),
  });
}

function noEvidenceCaution({ language }: CautionOf<"no-evidence">): string {
  return language === null
    ? say("No evidence: nobody published a score of it at this task.")
    : say("No evidence for {language}: nobody published a score of it in that language.", {
        language: languageName(language),
      });
}

function imagePartCaution({ bytes }: CautionOf<"image-part">): string {
  return bytes === null
    ? say("To see images it loads another file, whose size nobody published; it is not counted here.")
    : say("To see images it loads another {memory}, which holds beside it; the figures here leave it out.", {
        memory: formatMemory(bytes),
      });
}

function betterCaution({
  kind,
  other,
  difference: change,
}: CautionOf<"smaller-is-as-good" | "superseded" | "specialist-overlooked">): string {
  const values = { name: other.model.name, difference: differenceText(change, true) };
  switch (kind) {
    case "smaller-is-as-good":
      return say("Larger is not better here: {name}, half the size or less, is {difference}.", values);
    case "superseded":
      return say("Superseded: {name} is newer, no larger here and {difference}.", values);
    case "specialist-overlooked":
      return say("A specialist is better at this: {name}, {difference}.", values);
  }
}

function waitOrLimitCaution(
  caution: CautionOf<"context-limit" | "assumed-ram" | "slow-prompts" | "below-speed-floor">,
): string {
  switch (caution.kind) {
    case "context-limit":
      return say(
        "Memory ends at {context} of context, less than twice what you ask for: a longer talk will not hold.",
        { context: formatContext(caution.longestContext) },
      );
    case "assumed-ram":
      return say(
        "The speed of this computer's RAM is not known: two channels of a PC are taken, about {bandwidth}. Measured here, the figures are this computer's own; with a stated speed they are narrower.",
        { bandwidth: formatBandwidth(caution.bytesPerSecond) },
      );
    case "slow-prompts":
      return say("A prompt of {context} takes {wait} before the first word.", {
        context: formatContext(caution.contextLength),
        wait: formatWaitRange(caution.timeToFirstTokenSeconds),
      });
    case "below-speed-floor":
      return say("Slow: {rate} tokens/s, below what people will wait for.", {
        rate: formatRateRange(caution.decodeTokensPerSecond),
      });
  }
}

function energyCaution({ joulesPerMillionTokens: { low, high } }: CautionOf<"energy">): string {
  return say("A million tokens take {low} to {high} kWh on the cards, at half to all of their board power.", {
    low: kilowattHoursText(low),
    high: kilowattHoursText(high),
  });
}

/** Two digits that count: "0.50", "12". */
function kilowattHoursText(joules: number): string {
  const text = joulesToKilowattHours(joules).toPrecision(2);
  return fixedText(Number(text), /\.(\d+)$/.exec(text)?.[1]?.length ?? 0);
}

function licenceCaution({ licence }: CautionOf<"licence">): string {
  if (licence === null) return say("Its licence is not known: read it before use.");
  const { note, commercialUse } = licence;
  const values = {
    licence: licence.name,
    hasNote: note === null ? "no" : "yes",
    note: note === null ? "" : toldText(note),
  };
  switch (commercialUse) {
    case "no":
      return say("{licence}: no commercial use{hasNote, select, yes { ({note})} other {}}.", values);
    case "conditional":
      return say(
        "{licence}: commercial use under conditions{hasNote, select, yes { ({note})} other {}}.",
        values,
      );
    case "unknown":
    case "yes":
      return say(
        "{licence}: whether commercial use is allowed is not verified{hasNote, select, yes { ({note})} other {}}.",
        values,
      );
  }
}
