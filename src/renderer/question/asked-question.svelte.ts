import type { Catalog } from "#engine/catalog.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { AdviceState } from "#renderer/advice/advice-state.svelte.ts";
import type { OpenedModel } from "#renderer/models/opened-model.svelte.ts";
import type { TableView } from "#renderer/models/table-view.svelte.ts";
import type { Answer, Api } from "#shared/ipc.ts";
import type { SavedScenario } from "#shared/saved-scenario.ts";
import { keptQuestion, type Question, restoredQuestion } from "./kept-question.ts";
import { partsNotTaken, pastedQuestion, questionText } from "#shared/question-text.ts";
import { say } from "#words/say.ts";
import { commaText } from "#words/lists.ts";

/** What of the window a question is made of. */
export interface QuestionSource {
  scenario: Scenario;
  isRightNow: boolean;
  bug: string | null;
  readonly advice: AdviceState;
  readonly table: TableView;
  readonly opened: OpenedModel;
  readonly catalog: Catalog | null;
}

/** All that a person asked, as a thing that is kept over a restart, copied and pasted. */
export class AskedQuestion {
  /** What was kept has been read: from now on changes are kept. */
  #isRestored = $state(false);
  /** As plain values; null until what was kept is there. */
  kept = $derived.by(() => (this.#isRestored ? keptQuestion(this.#now()) : null));

  /** To be copied; null until what was kept is there. */
  readonly text = $derived.by(() => (this.kept === null ? null : questionText(this.kept)));

  readonly #source: QuestionSource;
  readonly #ask: <Value>(call: (api: Api) => Promise<Answer<Value>>) => Promise<Answer<Value>>;

  constructor(
    source: QuestionSource,
    ask: <Value>(call: (api: Api) => Promise<Answer<Value>>) => Promise<Answer<Value>>,
  ) {
    this.#source = source;
    this.#ask = ask;
  }

  /** As it was at the last end, unless the person was faster. */
  async restore(): Promise<void> {
    const before = this.#source.scenario;
    const answer = await this.#ask((api) => api.readSettings());
    if (answer.kind === "failed") return;
    const { scenario: kept, notice } = answer.value;
    if (notice !== null) this.#source.bug = notice;
    const isOpen = this.#source.opened.modelId !== null;
    if (kept !== null && this.#source.scenario === before) {
      const question = this.#take(kept);
      if (!isOpen) this.#open(question.openedId);
    }
    this.#isRestored = true;
  }

  /** Kept for the next start; where it cannot be, that is said, and it holds for this one. */
  async keep(kept: SavedScenario): Promise<void> {
    const answer = await this.#ask((api) => api.writeSettings(kept));
    if (answer.kind === "failed") this.#source.bug = answer.message;
  }

  /** Takes one that somebody copied; what of it means nothing here, null where all was taken. Of nonsense nothing is. */
  paste(text: string): string | null {
    const pasted = pastedQuestion(text);
    if (pasted.kind === "failed") return pasted.message;
    const nonsense = partsNotTaken(pasted.kept, keptQuestion(this.#meant(pasted.kept)));
    if (nonsense.length === Object.keys(pasted.kept).length)
      return nonsense.length === 0
        ? say("Nothing was taken: it asks nothing.")
        : say("Nothing was taken; this means nothing here: {parts}", { parts: commaText(nonsense) });
    this.#open(this.#take(pasted.kept).openedId);
    const left = partsNotTaken(pasted.kept, keptQuestion(this.#now()));
    return left.length === 0
      ? null
      : say("Taken but for what means nothing here: {parts}", { parts: commaText(left) });
  }

  #now(): Question {
    const { scenario, isRightNow, advice, table, opened } = this.#source;
    const { modelId: openedId } = opened;
    const { task, qualityWeight, limits, pins } = advice;
    const { licenceUse, languages } = limits;
    const { filterText, groups, sort, columns, isGrouped } = table;
    return {
      ...{ scenario, isRightNow, task, qualityWeight, licenceUse, languages, pins, openedId },
      ...{ filterText, groups, sort, columns, isGrouped },
    };
  }

  /** What kept or pasted words mean here. */
  #meant(kept: SavedScenario): Question {
    const { models = [], runtimes = [] } = this.#source.catalog ?? {};
    const modelIds = models.map(({ id }) => id);
    return restoredQuestion(kept, this.#now(), { runtimes, modelIds });
  }

  /** Everything but which model is open. */
  #take(kept: SavedScenario): Question {
    const question = this.#meant(kept);
    this.#source.scenario = question.scenario;
    this.#source.isRightNow = question.isRightNow;
    this.#source.advice.take(question);
    this.#source.table.take(question);
    return question;
  }

  #open(modelId: string | null): void {
    const { opened } = this.#source;
    if (modelId === null) opened.close();
    else if (modelId !== opened.modelId) opened.open({ modelId });
  }
}
