import type { Answer, Api } from "#shared/ipc.ts";
import type { FileNotice } from "#renderer/machine/file-notice.ts";
import type { OlderReport } from "#report/changes.ts";
import { readOlderReport } from "#report/older-report.ts";
import { type Known, reportInput } from "./report-input.ts";
import type { MadeReport, MakeReport } from "./report-maker.ts";
import { toldText } from "#shared/english/told-text.ts";
import { say } from "#words/say.ts";

type ReportApi = Pick<Api, "readVersion" | "saveReport" | "openReport">;

/** What changed since an older report. */
export interface Since {
  /** Of its file. */
  readonly name: string;
  readonly older: OlderReport;
  /** A sentence each; empty where nothing changed. */
  readonly changes: readonly string[];
}

/** Exporting what the window shows as a report, and holding it against an older one. */
export class ReportExport {
  isBusy = $state(false);
  /** A report is being made, for a file or to be compared; not while somebody chooses a file. */
  isMaking = $state(false);
  isComparing = $state(false);
  /** What came of it, said beside the button; null where nothing did, as when the person thought better of it. */
  notice = $state.raw<FileNotice | null>(null);
  /** While it is shown, an export has it too. */
  since = $state.raw<Since | null>(null);

  readonly #api: ReportApi | null;
  readonly #known: Known;
  readonly #makeReport: MakeReport;

  /** True once there is something to report. */
  isReady = $derived.by(() => this.#known.quality !== null && this.#known.advice.question !== null);

  constructor(api: ReportApi | null, known: Known, makeReport: MakeReport) {
    this.#api = api;
    this.#known = known;
    this.#makeReport = makeReport;
  }

  /** Makes the report, asks where it is to be, and says what came of it. */
  async run(): Promise<void> {
    await this.#during(async (api) => {
      this.isComparing = false;
      const made = await this.#made(api, this.since?.older ?? null);
      const answer = await api.saveReport(made.texts);
      return answer.kind === "ok" && answer.value !== null
        ? { kind: "ok", value: say("Saved as {name}.", { name: answer.value }) }
        : answer;
    });
  }

  /** Asks for an older report, and finds what changed since. */
  async compareWithOlder(): Promise<void> {
    await this.#during(async (api) => {
      const opened = await api.openReport();
      if (opened.kind === "failed") return opened;
      if (opened.value === null) return { kind: "ok", value: null };
      const { name, json } = opened.value;
      const read = readOlderReport(json);
      if (read.kind === "failed") {
        return {
          kind: "failed",
          message: say("{name} is no report that Fitment saved as JSON ({reason}).", {
            name,
            reason: toldText(read.message),
          }),
        };
      }
      this.isComparing = true;
      const { changes } = await this.#made(api, read.report);
      this.since = { name, older: read.report, changes };
      return { kind: "ok", value: null };
    });
  }

  async #made(api: ReportApi, older: OlderReport | null): Promise<MadeReport> {
    this.isMaking = true;
    const version = await api.readVersion();
    if (version.kind === "failed") throw new Error(version.message);
    const whyNot = await this.#known.whyNotFresh();
    if (whyNot !== null) throw new Error(whyNot);
    const input = reportInput(this.#known, { fitment: version.value, older });
    if (input === null)
      throw new Error(say("There is nothing to report until machine and catalog are read."));
    const made = await this.#makeReport(input);
    this.isMaking = false;
    return made;
  }

  /** One thing at a time; its answer is what is said then, null for nothing. */
  async #during(act: (api: ReportApi) => Promise<Answer<string | null>>): Promise<void> {
    if (this.isBusy || this.#api === null) return;
    this.isBusy = true;
    this.notice = null;
    const answer = await answered(act(this.#api));
    this.isBusy = false;
    this.isMaking = false;
    if (answer.kind === "failed") this.notice = { isFailure: true, text: answer.message };
    else if (answer.value !== null) this.notice = { isFailure: false, text: answer.value };
  }
}

async function answered(answer: Promise<Answer<string | null>>): Promise<Answer<string | null>> {
  try {
    return await answer;
  } catch (error) {
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}
