import type { Document } from "./block.ts";
import type { Report } from "./report.ts";
import { answerSections } from "./sections/answer.ts";
import { changesSection, comparisonSection, methodsSection, verdictsSection } from "./sections/lists.ts";
import { machineSection, questionSection } from "./sections/machine.ts";

/** The report in the order in which a person reads it. */
export function documentOf(report: Report): Document {
  const { versions, madeAt } = report;
  const catalog =
    versions.catalogDate === null ? "catalog of unknown date" : `catalog of ${versions.catalogDate}`;
  return {
    title: "Which language models run on this computer",
    subtitle: `${madeAt.slice(0, 10)}, by Fitment ${versions.fitment} with its ${catalog}`,
    sections: [
      ...changesSection(report),
      ...answerSections(report),
      machineSection(report),
      questionSection(report),
      ...comparisonSection(report),
      verdictsSection(report),
      methodsSection(report),
    ],
  };
}
