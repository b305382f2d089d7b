import { MOST_SUBJECTS } from "#advice/compare.ts";
import type { ModelExplanation } from "#advice/explain.ts";
import type { Optimisation } from "#advice/optimise/optimise.ts";
import { type AdviceQuestion, type Limits, NO_LIMITS, PRIORITIES } from "#advice/question.ts";
import type { Task } from "#advice/task.ts";
import type { Catalog } from "#engine/catalog.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Quality } from "#engine/quality.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Scenario } from "#engine/scenario.ts";
import { isSamePin, type Pin } from "#renderer/compare/pins.ts";
import type { MachineWorth } from "#shared/hardware-effect-text.ts";
import type { AdviceAnswer, PinnedComparison } from "./advice-answer.ts";
import type { Adviser } from "./adviser.ts";

/** What advice is about: a machine and a scenario, once they are known. */
export interface Asked {
  readonly machine: MachineReport;
  readonly scenario: Scenario;
}

/** What a person wants a model for, and the answer to it. The latest question counts; none waits behind an older one. */
export class AdviceState {
  task = $state<Task>("chat");
  /** 0: only speed counts, 1: only quality. */
  qualityWeight = $state<number>(PRIORITIES.balanced);
  limits = $state.raw<Limits>(NO_LIMITS);
  /** Models chosen to be seen side by side, each in its packing. */
  pins = $state.raw<readonly Pin[]>([]);
  /** In which somebody scored a model. */
  languages = $state.raw<readonly string[]>([]);

  answer = $state.raw<AdviceAnswer | null>(null);
  failure = $state<string | null>(null);
  /** The answer shown is for an older question. */
  isStale = $state(false);

  /** Called where the person wants only what no other program holds to count. */
  readonly onreckonwithfree: (() => void) | null;

  readonly #adviser: Adviser | null;
  readonly #asked: () => Asked | null;
  #hasLearnt = $state(false);
  #next: AdviceQuestion | null = null;
  #isAsking = false;

  /** Null until there is something to ask about, and something to answer from. */
  question = $derived.by(() => this.#question());
  /** The machine that is asked about; null until it is known. */
  machine = $derived.by(() => this.#asked()?.machine ?? null);

  constructor(
    adviser: Adviser | null,
    asked: () => Asked | null,
    onreckonwithfree: (() => void) | null = null,
  ) {
    this.#adviser = adviser;
    this.#asked = asked;
    this.onreckonwithfree = onreckonwithfree;
  }

  /** What advice is drawn from; again when the catalog changes. */
  learn({ models, cards, runtimes, speed }: Catalog, quality: Quality): void {
    this.#adviser?.learn({ models, cards, runtimes, speed, quality, calibration: null });
    const scored = quality.tasks.flatMap(({ languages }) => Object.keys(languages));
    this.languages = scored.filter((name, index) => scored.indexOf(name) === index).sort();
    this.#hasLearnt = true;
  }

  /** As it was kept or sent. */
  take(
    kept: Pick<AdviceState, "task" | "qualityWeight" | "pins"> & Pick<Limits, "licenceUse" | "languages">,
  ): void {
    this.task = kept.task;
    this.qualityWeight = kept.qualityWeight;
    this.pins = kept.pins;
    this.changeLimits({ licenceUse: kept.licenceUse, languages: kept.languages });
  }

  changeLimits(change: Partial<Limits>): void {
    this.limits = { ...this.limits, ...change };
  }

  /** Chooses a model in a packing to be compared, or no longer; a seventh is not taken. */
  togglePin(pin: Pin): void {
    const others = this.pins.filter((each) => !isSamePin(each, pin));
    if (others.length < this.pins.length) this.pins = others;
    else if (others.length < MOST_SUBJECTS) this.pins = [...others, pin];
  }

  /** What another machine is good for, asked the same. */
  async worthOf(machine: MachineReport): Promise<MachineWorth | null> {
    return await this.#about((adviser, question) => adviser.worth({ ...question, machine }));
  }

  /** Why a model is or is not the pick. */
  async explain(modelId: string): Promise<ModelExplanation | null> {
    return await this.#about((adviser, question) => adviser.explain(question, modelId));
  }

  /** What would make a model better here, as it is packed. */
  async optimise(modelId: string, quantization: QuantizationName | null): Promise<Optimisation | null> {
    return await this.#about((adviser, question) => adviser.optimise(question, modelId, quantization));
  }

  /** Models side by side. */
  async compare(pins: readonly Pin[]): Promise<PinnedComparison | null> {
    return await this.#about((adviser, question) => adviser.compare(question, pins));
  }

  /** Null where there is nothing to ask about yet, or no answer; why not is then `failure`. */
  async #about<Value>(
    call: (adviser: Adviser, question: AdviceQuestion) => Promise<Value | null>,
  ): Promise<Value | null> {
    const { question } = this;
    if (question === null || this.#adviser === null) return null;
    try {
      return await call(this.#adviser, question);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  /** Asks, and shows the answer when it comes; of several questions in the meantime only the last is asked. */
  async ask(question: AdviceQuestion): Promise<void> {
    this.#next = question;
    this.isStale = true;
    if (this.#isAsking || this.#adviser === null) return;
    this.#isAsking = true;
    while (this.#next !== null) {
      const asked: AdviceQuestion = this.#next;
      this.#next = null;
      await this.#answer(asked, this.#adviser);
    }
    this.isStale = false;
    this.#isAsking = false;
  }

  async #answer(question: AdviceQuestion, adviser: Adviser): Promise<void> {
    try {
      this.answer = await adviser.recommend(question);
      this.failure = null;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  #question(): AdviceQuestion | null {
    const asked = this.#asked();
    const { task, qualityWeight, limits } = this;
    return asked === null || !this.#hasLearnt ? null : { ...asked, task, qualityWeight, limits };
  }
}
