import { VERDICT_GROUPS } from "#engine/ranking.ts";
import { roleLabels } from "#shared/advice-text.ts";
import { groupLabel, largerCardLabel, moreCardsLabel } from "#shared/verdict-text.ts";
import type { OlderReport } from "./changes.ts";
import { BEST_ROLE } from "./picks.ts";
import { plainText } from "./plain-text.ts";
import { withoutIdentifiers } from "./private-text.ts";
import { publicName, publicVersion } from "./public-words.ts";

const ROLES: ReadonlySet<string> = new Set([BEST_ROLE, ...Object.values(roleLabels())]);
/** Every way in which a verdict is headed. */
const HEADINGS: ReadonlySet<string> = new Set([
  ...VERDICT_GROUPS.map(groupLabel),
  largerCardLabel(),
  moreCardsLabel(),
]);
/** A sentence of what was asked is shorter; what is not was not written by Fitment. */
const MOST_SENTENCE_LENGTH = 400;

/**
 * What was saved, as it can be shown: an older Fitment let more through, and a file can be edited. Names of hardware
 * and models are held to what new reports are, so that what both hide alike is no change.
 */
export function publicOlderReport(older: OlderReport): OlderReport {
  const { madeAt, versions, question, machine, answer, verdicts } = older;
  return {
    madeAt,
    versions: {
      fitment: /^[\d][\w.+-]{0,29}$/.test(versions.fitment) ? versions.fitment : "another version",
      catalogDate: /^\d{4}-\d\d-\d\d$/.test(versions.catalogDate ?? "") ? versions.catalogDate : null,
    },
    question: { sentences: question.sentences.map(publicSentence) },
    machine: {
      ram: { ...machine.ram, source: "" },
      accelerators: machine.accelerators.map(({ name, driverVersion, ...memory }) => ({
        ...memory,
        name: publicName(name),
        driverVersion: driverVersion === null ? null : publicVersion(driverVersion),
      })),
    },
    answer: {
      picks: answer.picks.map((pick) => ({
        roles: pick.roles.filter((role) => ROLES.has(role)),
        modelId: pick.modelId,
        modelName: publicModelName(pick.modelName),
        quantization: plainText(pick.quantization) ?? "another packing",
      })),
    },
    verdicts: verdicts.map(({ modelId, modelName, group, verdict }) => ({
      ...{ modelId, group, modelName: publicModelName(modelName) },
      verdict: HEADINGS.has(verdict) ? verdict : groupLabel(group),
    })),
  };
}

function publicSentence(sentence: string): string {
  return sentence.length > MOST_SENTENCE_LENGTH ? "…" : withoutIdentifiers(sentence);
}

function publicModelName(name: string): string {
  return plainText(name) ?? "a model";
}
