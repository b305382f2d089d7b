import type { Answer, Api } from "#shared/ipc.ts";
import type { AppState } from "#renderer/app-state.svelte.ts";
import type { FileNotice } from "#renderer/machine/file-notice.ts";
import type { ReportInput } from "#report/make-report.ts";
import type { MakeReport } from "./report-maker.ts";

/** What the window knows of what a report is about. */
type Known = Pick<AppState, "machine" | "catalog" | "quality" | "catalogShelf" | "advice">;

/** Exporting what the window shows as a report. */
export class ReportExport {
  isBusy = $state(false);
  /** What came of it, said beside the button; null where nothing did, as when the person thought better of it. */
  notice = $state.raw<FileNotice | null>(null);

  readonly #api: Api | null;
  readonly #known: Known;
  readonly #makeReport: MakeReport;

  /** True once there is something to report. */
  isReady = $derived.by(() => this.#known.quality !== null && this.#known.advice.question !== null);

  constructor(api: Api | null, known: Known, makeReport: MakeReport) {
    this.#api = api;
    this.#known = known;
    this.#makeReport = makeReport;
  }

  /** Makes the report, asks where it is to be, and says what came of it. */
  async run(): Promise<void> {
    if (this.isBusy || this.#api === null) return;
    this.isBusy = true;
    this.notice = null;
    const answer = await this.#saved(this.#api);
    this.isBusy = false;
    if (answer.kind === "failed") this.notice = { isFailure: true, text: answer.message };
    else if (answer.value !== null) this.notice = { isFailure: false, text: `Saved as ${answer.value}.` };
  }

  async #saved(api: Api): Promise<Answer<string | null>> {
    try {
      const version = await api.readVersion();
      if (version.kind === "failed") return version;
      const input = inputOf(this.#known, version.value);
      if (input === null)
        return { kind: "failed", message: "There is nothing to report until machine and catalog are read." };
      return await api.saveReport(await this.#makeReport(input));
    } catch (error) {
      return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** As the window shows it now; null until there is something to show. */
function inputOf(
  { machine, catalog, quality, catalogShelf, advice }: Known,
  fitment: string,
): ReportInput | null {
  const { question, pinnedIds } = advice;
  if (machine === null || catalog === null || quality === null || question === null) return null;
  const { models, cards, runtimes, speed } = catalog;
  const pinned = pinnedIds.flatMap((id) => models.find((model) => model.id === id) ?? []);
  return {
    question,
    machine,
    data: { models, cards, runtimes, speed, quality: quality.quality, calibration: null },
    subjects: pinned.map((model) => ({
      label: model.name,
      model,
      quantization: null,
      machine: question.machine,
    })),
    versions: { fitment, catalogDate: catalogShelf.state?.date ?? null },
    madeAt: new Date().toISOString(),
    older: null,
  };
}
