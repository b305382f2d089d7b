import type { AppState } from "#renderer/app-state.svelte.ts";
import { comparedPacking } from "#renderer/compare/pins.ts";
import type { OlderReport } from "#report/changes.ts";
import type { ReportInput } from "#report/make-report.ts";

/** What the window knows of what a report is about. */
export type Known = Pick<
  AppState,
  "machine" | "whyNotFresh" | "catalog" | "quality" | "catalogShelf" | "advice"
>;

/** What a report says beside that. */
export interface Circumstances {
  /** Fitment's own version. */
  readonly fitment: string;
  readonly older: OlderReport | null;
}

/** The report of what the window shows now; null until there is something to show. */
export function reportInput(known: Known, { fitment, older }: Circumstances): ReportInput | null {
  const { machine, catalog, quality, catalogShelf, advice } = known;
  const { question, pins } = advice;
  if (machine === null || catalog === null || quality === null || question === null) return null;
  const { models, cards, runtimes, speed } = catalog;
  return {
    ...{ question, machine, older },
    madeAt: new Date().toISOString(),
    data: { models, cards, runtimes, speed, quality: quality.quality, calibration: null },
    subjects: pins.flatMap((pin) => {
      const model = models.find(({ id }) => id === pin.modelId);
      if (model === undefined) return [];
      const quantization = comparedPacking(pin, model, question.scenario);
      return [{ label: model.name, model, quantization, machine: question.machine }];
    }),
    versions: { fitment, catalogDate: catalogShelf.state?.date ?? null },
  };
}
