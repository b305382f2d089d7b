import type { MachineReading } from "#renderer/machine/machine-reading.svelte.ts";
import type { FileNotice } from "#renderer/machine/file-notice.ts";
import type { Answer, Api } from "#shared/ipc.ts";
import { failedSourcesText } from "#shared/machine-text.ts";
import type { MenuChoice } from "#shared/shortcuts.ts";
import { say } from "#words/say.ts";

/** What of the window the menu's lines do something with. */
export interface MenuTargets {
  readonly app: {
    readonly question: { readonly text: string | null; paste(text: string): string | null };
    readonly reading: Pick<MachineReading, "probe" | "failure" | "report">;
  };
  readonly exporter: { run(): Promise<void> };
}

/** The menu's lines that the page does, and what came of them. */
export class WindowMenu {
  notice = $state.raw<FileNotice | null>(null);
  areShortcutsShown = $state(false);

  readonly #api: Pick<Api, "copyQuestion"> | null;
  readonly #targets: MenuTargets;

  constructor(api: Pick<Api, "copyQuestion"> | null, targets: MenuTargets) {
    this.#api = api;
    this.#targets = targets;
  }

  async choose(choice: MenuChoice, clipboardText: string): Promise<void> {
    this.notice = null;
    this.notice = await this.#do(choice, clipboardText);
  }

  /** Null where the place itself shows what came of it. */
  async #do(choice: MenuChoice, clipboardText: string): Promise<FileNotice | null> {
    const { app, exporter } = this.#targets;
    switch (choice) {
      case "export":
        await exporter.run();
        return null;
      case "shortcuts":
        this.areShortcutsShown = true;
        return null;
      case "copy-question":
        return noticeOf(await this.#copy(), say("The question is on the clipboard."));
      case "paste-question":
        return noticeOf(this.#paste(clipboardText), say("The question on the clipboard was taken."));
      case "detect":
        await app.reading.probe();
        return noticeOf(this.#detectFailure(), say("The hardware was read again."));
    }
  }

  /** Also of single sources; null where all have answered. */
  #detectFailure(): string | null {
    const { failure, report } = this.#targets.app.reading;
    return failure ?? (report === null ? null : failedSourcesText(report));
  }

  /** Answers what is wrong; null where nothing is. */
  async #copy(): Promise<string | null> {
    const { text } = this.#targets.app.question;
    if (text === null || this.#api === null) return say("What is asked has not been read yet.");
    const answer: Answer<null> = await this.#api.copyQuestion(text);
    return answer.kind === "failed" ? answer.message : null;
  }

  #paste(text: string): string | null {
    if (text.trim() === "") return say("There is no text on the clipboard.");
    return this.#targets.app.question.paste(text);
  }
}

function noticeOf(failure: string | null, success: string): FileNotice {
  return failure === null ? { isFailure: false, text: success } : { isFailure: true, text: failure };
}
