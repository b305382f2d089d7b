import type { Caution } from "#advice/cautions.ts";
import type { PickLimits } from "#advice/reasons/limits.ts";
import type { Objection } from "#advice/reasons/why-not.ts";
import type { Unsuitable } from "#advice/suitability.ts";
import type { Verdict } from "#engine/fit.ts";
import { timesText } from "./advice-text.ts";
import { toldText } from "./english/told-text.ts";
import { formatContext, formatFileSize, formatMemory, formatParameterCount, formatRate } from "./format.ts";
import { verdictNote } from "./verdict-text.ts";
import { fixedText } from "#words/numbers.ts";
import { say } from "#words/say.ts";

/** Why a model is not the pick, as a sentence. */
export function objectionText(objection: Objection): string {
  switch (objection.kind) {
    case "unknown":
      return toldText(objection.missing);
    case "unsuitable":
      return unsuitableText(objection.reason);
    case "does-not-fit":
      return notHeldText(objection.verdict);
    case "no-room-for-images":
      return say("It fits, but not together with the part that sees images.");
    case "download-too-large":
      return say("Every packing that is good enough is a larger download than {size}.", {
        size: formatFileSize(objection.most),
      });
    case "too-slow":
      return tooSlowText(objection);
    case "below-quality-floor":
      return say("The lower end of its quality is below {floor} points, the floor for a pick here.", {
        floor: fixedText(objection.floor, 0),
      });
    case "larger-for-nothing":
      return say(
        "In quality it cannot be told apart from the pick, it is no faster, and it takes more memory or goes to RAM.",
      );
    case "outranked":
      return say("It fits and suits; the pick is {points} points ahead of it by quality against waiting.", {
        points: fixedText(objection.byPoints, 1),
      });
  }
}

function tooSlowText({ tokensPerSecond: rate, lowest }: Extract<Objection, { kind: "too-slow" }>): string {
  const wanted = formatRate(lowest);
  return rate === null
    ? say("Part of it is in RAM; at least {wanted} are wanted.", { wanted })
    : say("It would write about {rate}; at least {wanted} are wanted.", { rate: formatRate(rate), wanted });
}

function notHeldText(verdict: Verdict): string {
  if (verdict.kind === "too-large")
    return say("It does not fit even at {quantization}: {memory} are missing.", {
      quantization: verdict.quantization,
      memory: formatMemory(verdict.shortfallBytes),
    });
  const needed = verdictNote(verdict);
  return "quantization" in verdict
    ? say("It does not fit here even at {quantization}: it takes {needed}.", {
        quantization: verdict.quantization,
        needed,
      })
    : say("It does not fit here: it takes {needed}.", { needed });
}

function unsuitableText(reason: Unsuitable): string {
  switch (reason.kind) {
    case "sees-no-images":
      return say("It takes no images.");
    case "calls-no-tools":
      return say("The catalog does not say that it was taught to call tools.");
    case "answers-no-chat":
      return say("It continues text and was not taught to answer.");
    case "context-too-short":
      return say("It was trained for {trained}; {asked} are asked for.", {
        trained: formatContext(reason.trainedContextLength),
        asked: formatContext(reason.askedContextLength),
      });
    case "licence":
      return licenceRefusal(reason);
    case "too-many-parameters": {
      const most = formatParameterCount(reason.most);
      return reason.parameterCount === null
        ? say("It has an unknown number of parameters; {most} are the limit.", { most })
        : say("It has {count} parameters; {most} are the limit.", {
            count: formatParameterCount(reason.parameterCount),
            most,
          });
    }
  }
}

function licenceRefusal({ commercialUse, name }: Extract<Unsuitable, { kind: "licence" }>): string {
  if (commercialUse === "no")
    return name === null
      ? say("Its licence allows no commercial use.")
      : say("Its licence ({name}) allows no commercial use.", { name });
  return name === null
    ? say("Its licence does not state commercial use.")
    : say("Its licence ({name}) does not state commercial use.", { name });
}

/** What keeps a pick from being better, a sentence each; of a device that others use now, the cautions say more. */
export function limitTexts(limits: PickLimits, cautions: readonly Caution[] = []): readonly string[] {
  const {
    tightest,
    finer,
    longestContextOnCards: longest,
    trainedContextLength,
    weightsInRamFraction,
  } = limits;
  const isHeld = cautions.some(
    (caution) => caution.kind === "not-free-now" && caution.deviceName === tightest?.name,
  );
  return [
    ...(tightest === null || isHeld
      ? []
      : [
          say("{name} has {memory} of room left.", {
            name: tightest.name,
            memory: formatMemory(Math.max(0, tightest.freeBytes)),
          }),
        ]),
    ...(weightsInRamFraction === 0
      ? []
      : [
          say("{percent} % of the weights are in RAM.", {
            percent: fixedText(weightsInRamFraction * 100, 0),
          }),
        ]),
    ...(finer === null ? [] : [finerText(finer)]),
    ...(longest === null ? [] : [longestText(longest, trainedContextLength)]),
  ];
}

function longestText(longest: number, trained: number | null): string {
  const context = formatContext(longest);
  return trained === null
    ? say("The longest context here without offload is {context}.", { context })
    : say("The longest context here without offload is {context} (trained for {trained}).", {
        context,
        trained: formatContext(trained),
      });
}

function finerText({
  quantization,
  gainedPoints,
  missingBytes,
  speedFactor,
}: NonNullable<PickLimits["finer"]>): string {
  const points = gainedPoints === null ? null : fixedText(gainedPoints, 2);
  if (missingBytes > 0) {
    const memory = formatMemory(missingBytes);
    return points === null
      ? say("{quantization}, the next finer, lacks {memory}.", { quantization, memory })
      : say("{quantization}, the next finer, lacks {memory} and would gain {points} points.", {
          quantization,
          memory,
          points,
        });
  }
  if (speedFactor === null)
    return points === null
      ? say("{quantization}, the next finer, would hold too.", { quantization })
      : say("{quantization}, the next finer, would hold too and would gain {points} points.", {
          quantization,
          points,
        });
  const speed = timesText(speedFactor);
  return points === null
    ? say("{quantization}, the next finer, would hold too ({speed}).", { quantization, speed })
    : say("{quantization}, the next finer, would hold too ({speed}) and would gain {points} points.", {
        quantization,
        speed,
        points,
      });
}
