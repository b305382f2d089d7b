import type { Model } from "#engine/model.ts";
import { enteredByHand } from "#engine/model-by-hand.ts";
import type { AddedModel, Answer, Api, GivenFile, HubOutcome } from "#shared/ipc.ts";
import {
  NOTHING_TYPED,
  readTypedModel,
  typedFrom,
  type TypedModel,
  type TypedProblems,
} from "#shared/typed-model.ts";
import { say } from "#words/say.ts";

/** How a model comes into the person's own catalog. */
export type AddWay = "hub" | "file" | "hand";

/** One of the files that a repository leaves to choose from. */
export type HubFile = Extract<HubOutcome, { kind: "choose-file" }>["names"][number];

/** What a description lacks, without which there is no verdict. */
export type Lacking = "release-precision" | null;

/** What adding needs of what is around it. */
export interface AddHooks {
  readonly ask: <Value>(call: (api: Api) => Promise<Answer<Value>>) => Promise<Answer<Value>>;
  /** Reads the catalog again and shows the model. */
  readonly added: (model: AddedModel, lacks?: Lacking) => Promise<void>;
}

/** The dialog that adds a model, or corrects one. What was typed outlives it, until it has become a model. */
export class AddModelState {
  isOpen = $state(false);
  way = $state<AddWay>("hub");
  /** A file is read, or an entry is written. */
  isWorking = $state(false);

  repository = $state("");
  /** Of Hugging Face; null: nothing is being read. */
  hubProgress = $state<string | null>(null);
  /** Why it was not added, said at the field; so are the two below. */
  hubFailure = $state<string | null>(null);
  /** The files to choose from, where a repository has several. */
  hubFiles = $state.raw<readonly HubFile[]>([]);

  fileFailure = $state<string | null>(null);

  typed = $state.raw<TypedModel>(NOTHING_TYPED);
  typedProblems = $state.raw<TypedProblems>({});
  typedFailure = $state<string | null>(null);
  /** The own model that is corrected; null: a new one is described. */
  corrected = $state.raw<{ readonly id: string; readonly name: string } | null>(null);
  /** A new one that was begun before another was corrected. */
  #begun: TypedModel = NOTHING_TYPED;

  readonly #hooks: AddHooks;

  constructor(hooks: AddHooks) {
    this.#hooks = hooks;
  }

  open(): void {
    this.isOpen = true;
  }

  /** Opens with what a person typed for a model; nothing where it was not entered by hand. */
  correct(model: Model): void {
    const entered = enteredByHand(model);
    if (entered === null) return;
    this.#begun = this.typed;
    this.corrected = { id: model.id, name: model.name };
    this.typed = typedFrom(entered);
    this.#forgetProblems();
    this.isOpen = true;
  }

  /** What is still being read is given up; what was typed for a new model stays for the next time. */
  close(): void {
    if (this.hubProgress !== null) void this.cancelHub();
    this.isOpen = false;
    if (this.corrected === null) return;
    this.corrected = null;
    this.typed = this.#begun;
    this.#forgetProblems();
  }

  type(change: Partial<TypedModel>): void {
    this.typed = { ...this.typed, ...change };
    const changed = Object.keys(change);
    this.typedProblems = Object.fromEntries(
      Object.entries(this.typedProblems).filter(([field]) => !changed.includes(field)),
    );
  }

  /** True where it became a model; else the problems stand at their fields. */
  async addTyped(): Promise<boolean> {
    if (this.isWorking) return false;
    this.#forgetProblems();
    const read = readTypedModel(this.typed);
    if (read.kind === "wrong") {
      this.typedProblems = read.problems;
      return false;
    }
    const request = { model: read.model, replacedId: this.corrected?.id ?? null };
    const answer = await this.#during((api) => api.addByHand(request));
    if (answer.kind === "failed") this.typedFailure = answer.message;
    else if (answer.value.kind === "name-taken")
      this.typedProblems = { name: say("Your own catalog has a model of this name already.") };
    else {
      if (this.corrected === null) this.typed = NOTHING_TYPED;
      await this.#finish(answer.value, read.model.releasePrecision === null ? "release-precision" : null);
      return true;
    }
    return false;
  }

  async addFiles(files: readonly GivenFile[]): Promise<void> {
    if (this.isWorking || files.length === 0) return;
    this.fileFailure = null;
    const answer = await this.#during((api) => api.addModelFiles(files));
    if (answer.kind === "failed") this.fileFailure = answer.message;
    else await this.#finish(answer.value);
  }

  /** A model on Hugging Face, by what was typed; of several files, the named one. */
  async addFromHub(file: string | null): Promise<void> {
    const repository = this.repository.trim();
    if (this.hubProgress !== null || repository === "") return;
    this.hubFailure = null;
    this.hubFiles = [];
    this.hubProgress = say("Asking for {repository}", { repository });
    const answer = await this.#hooks.ask((api) => api.addFromHub({ repository, file }));
    this.hubProgress = null;
    if (answer.kind === "failed") this.hubFailure = answer.message;
    else if (answer.value.kind === "choose-file") this.hubFiles = answer.value.names;
    else {
      this.repository = "";
      await this.#finish(answer.value);
    }
  }

  async cancelHub(): Promise<void> {
    await this.#hooks.ask((api) => api.cancelHub());
  }

  /** What is read now; nothing where nobody waits for it. */
  tellProgress(line: string): void {
    if (this.hubProgress !== null) this.hubProgress = line;
  }

  async #finish(model: AddedModel, lacks: Lacking = null): Promise<void> {
    this.close();
    await this.#hooks.added(model, lacks);
  }

  #forgetProblems(): void {
    this.typedProblems = {};
    this.typedFailure = null;
  }

  async #during<Value>(call: (api: Api) => Promise<Answer<Value>>): Promise<Answer<Value>> {
    this.isWorking = true;
    const answer = await this.#hooks.ask(call);
    this.isWorking = false;
    return answer;
  }
}
