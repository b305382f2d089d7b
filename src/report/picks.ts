import { explainOption } from "#advice/explain.ts";
import { isScored, type Option } from "#advice/option.ts";
import type { Recommendation } from "#advice/recommend.ts";
import { nextSteps, type NextSteps } from "#advice/next/next-steps.ts";
import { commandLines } from "#advice/next/command.ts";
import { withOtherwise, type NextStep, type StepKind } from "#advice/next/step.ts";
import { sequenceContext } from "#engine/speed/speed-of-fit.ts";
import { againstBestText, differenceText, MOST_TIES, optionText, roleLabels } from "#shared/advice-text.ts";
import { firstNamesText } from "#shared/card-groups.ts";
import { cautionText } from "#shared/caution-text.ts";
import {
  type DeviceGroup,
  deviceGroups,
  freeParts,
  layersText,
  neededParts,
  usedParts,
} from "#shared/device-parts.ts";
import { limitTexts } from "#shared/objection-text.ts";
import { speedSentences } from "#shared/speed-text.ts";
import { parameterCount, reportLicenceTerms, reportQuality } from "./facts-of-model.ts";
import { sentenceCase } from "./sentence-case.ts";
import type { ReportDevice, ReportPick, ReportSpeed, ReportStep } from "./report.ts";

/** What the best answer is called among the roles. */
export const BEST_ROLE = "best answer";

/** For a model that is not the first choice, getting and starting it will do. */
const STEPS_OF_ALTERNATIVES: readonly StepKind[] = ["obtain", "start"];

/** The best and its alternatives. */
export function reportPicks(recommendation: Recommendation): readonly ReportPick[] {
  const { best, alternatives } = recommendation;
  if (best === null) return [];
  return [
    pickOf(best, [BEST_ROLE], { recommendation, reasons: againstTexts(best, recommendation), steps: null }),
    ...alternatives.map((alternative) =>
      pickOf(
        alternative.option,
        alternative.roles.map((role) => roleLabels()[role]),
        {
          recommendation,
          reasons: [`Against the best answer: ${againstBestText(alternative, best)}.`],
          steps: STEPS_OF_ALTERNATIVES,
        },
      ),
    ),
  ];
}

function againstTexts(best: Option, { runnerUp, ties }: Recommendation): readonly string[] {
  const names = firstNamesText(
    ties.map(({ model }) => model.name),
    MOST_TIES,
  );
  return [
    ...(runnerUp === null
      ? []
      : [
          `Against ${runnerUp.option.model.name} at ${runnerUp.option.quantization}: ${differenceText(runnerUp.difference, isScored(best) && isScored(runnerUp.option))}.`,
        ]),
    ...(names === "" ? [] : [`A tie within the uncertainty of quality with ${names}.`]),
  ];
}

interface Shown {
  readonly recommendation: Recommendation;
  readonly reasons: readonly string[];
  /** Null: all. */
  readonly steps: readonly StepKind[] | null;
}

function pickOf(option: Option, roles: readonly string[], shown: Shown): ReportPick {
  const { model, quantization, fit, quality } = option;
  const { limits, cautions } = explainOption(option, shown.recommendation);
  const { memory, placement, caveats } = fit;
  return {
    roles,
    modelId: model.id,
    modelName: model.name,
    huggingFaceId: model.huggingFaceId,
    parameterCount: parameterCount(model),
    quantization,
    quality: reportQuality(quality),
    speed: speedOf(option),
    memory: memory === null ? null : { totalBytes: memory.totalBytes, parts: neededParts(memory) },
    placementKind: placement.kind,
    devices: deviceGroups(placement.devices).map(deviceOf),
    licence: reportLicenceTerms(model),
    reasons: [`${sentenceCase(optionText(option))}.`, ...shown.reasons, ...limitTexts(limits, cautions)],
    cautions: cautions.map((caution) => ({ kind: caution.kind, sentence: cautionText(caution) })),
    caveats,
    ...stepsOf(option, shown),
  };
}

function deviceOf({ title, deviceCount, device }: DeviceGroup): ReportDevice {
  const { memoryKind, capacityBytes, usedBytes, parts } = device;
  return {
    name: title,
    ...{ deviceCount, memoryKind, capacityBytes, usedBytes },
    layersText: layersText(device),
    parts: usedParts(parts),
    freeParts: freeParts(device),
  };
}

function speedOf({ speed, fit }: Option): ReportSpeed {
  if (speed.kind === "missing") return speed;
  const { decodeTokensPerSecond, prefillTokensPerSecond, timeToFirstTokenSeconds, promptLength, measured } =
    speed;
  const depth = sequenceContext(fit.scenario);
  const sequenceCount = fit.scenario.parallelSequenceCount;
  return {
    kind: "known",
    ...{ decodeTokensPerSecond, prefillTokensPerSecond, timeToFirstTokenSeconds, depth, promptLength },
    isMeasuredHere: measured,
    sentences: speedSentences(speed, { depth, sequenceCount }),
  };
}

type Steps = Pick<ReportPick, "nextSteps" | "nextStepsNote">;

/**
 * Commands for the packing as it is recommended. Where no runtime takes it under that name (a maker's MXFP4 is another
 * type in a GGUF file), those for the packing nearest to it, which is said.
 */
function stepsOf(option: Option, { recommendation, steps: kinds }: Shown): Steps {
  const next = nextOf(option, recommendation);
  if (next.kind === "unknown") return noSteps(next.missing);
  if (next.kind === "elsewhere") return noSteps(uniqueReasons(next));
  const all = [...(next.library === null ? [] : [next.library]), ...next.steps];
  const wanted = withOtherwise(all).filter(({ kind }) => kinds === null || kinds.includes(kind));
  const { quantization, scenario } = next.fit;
  const runtime = scenario.runtime?.name ?? next.runtime.name;
  return {
    nextSteps: wanted.map(stepOf),
    nextStepsNote:
      next.refusals.length === 0
        ? null
        : `${next.refusals.join(" ")} These commands are for ${quantization ?? "another packing"} with ${runtime}.`,
  };
}

function nextOf(
  { model, quantization, fit }: Option,
  { evaluation: { question, data } }: Recommendation,
): NextSteps {
  const { machine, task } = question;
  const { cards, runtimes = [] } = data;
  const asked = { model, machine, quantization, cards, runtimes, task };
  return nextSteps({ ...asked, scenario: fit.scenario, purpose: "development" });
}

function noSteps(reason: string): Steps {
  return { nextSteps: [], nextStepsNote: `Fitment has no commands for it here. ${reason}` };
}

function uniqueReasons({ others }: NextSteps): string {
  return [...new Set(others.map(({ reason }) => reason))].join(" ");
}

function stepOf({ kind, title, notes, settings, files, commands, links }: NextStep): ReportStep {
  return {
    ...{ kind, title, notes, settings, files, links },
    commands: commands.map((command) => ({
      sh: commandLines(command, "sh").join("\n"),
      powershell: commandLines(command, "powershell").join("\n"),
    })),
  };
}
