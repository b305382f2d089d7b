import type { CatalogState } from "#engine/catalog.ts";
import type { InstalledModel } from "#engine/installed.ts";
import type { AddedModel, Answer, Api, GivenFile, HubOutcome } from "#shared/ipc.ts";

/** One of the files that a repository leaves to choose from. */
export type HubFile = Extract<HubOutcome, { kind: "choose-file" }>["names"][number];

/** What the shelf needs of the window around it. */
export interface ShelfHooks {
  readonly ask: <Value>(call: (api: Api) => Promise<Answer<Value>>) => Promise<Answer<Value>>;
  /** Reads the catalog again, and what hangs on it. */
  readonly reload: () => Promise<void>;
  /** A model that was just added. */
  readonly show: (modelId: string) => void;
}

/** What came of a request, said where it was made. */
export interface CatalogNotice {
  readonly isFailure: boolean;
  readonly text: string;
}

/** The catalog as a thing that can be changed: newer, older, and with models of the person's own. */
export class CatalogShelf {
  state = $state.raw<CatalogState | null>(null);
  /** Models that are on this computer already, by id; empty until they were looked for. */
  installed = $state.raw<Readonly<Record<string, InstalledModel>>>({});
  isBusy = $state(false);
  /** Of adding and removing models, beside the list. */
  modelNotice = $state.raw<CatalogNotice | null>(null);
  /** Of refreshing, exporting and importing, beside the date. */
  notice = $state.raw<CatalogNotice | null>(null);

  /** Of Hugging Face; null: nothing is being read. */
  hubProgress = $state<string | null>(null);
  /** Why it was not added, said at the field. */
  hubFailure = $state<string | null>(null);
  /** The files to choose from, where a repository has several. */
  hubFiles = $state.raw<readonly HubFile[]>([]);

  readonly #hooks: ShelfHooks;

  constructor(hooks: ShelfHooks) {
    this.#hooks = hooks;
  }

  /** Its age, and what of it is here already. Nothing found and nothing looked at are shown alike: by no mark. */
  async read(): Promise<void> {
    const [state, installed] = await Promise.all([
      this.#hooks.ask((api) => api.readCatalogState()),
      this.#hooks.ask((api) => api.findInstalled()),
    ]);
    if (state.kind === "ok") this.state = state.value;
    if (installed.kind === "ok")
      this.installed = Object.fromEntries(installed.value.models.map((found) => [found.modelId, found]));
  }

  /** Files that were dropped or chosen: one model, whole or in parts. */
  async add(files: readonly GivenFile[]): Promise<void> {
    if (files.length === 0) return;
    this.modelNotice = null;
    const answer = await this.#during((api) => api.addModelFiles(files));
    if (answer.kind === "failed") {
      this.modelNotice = { isFailure: true, text: answer.message };
      return;
    }
    await this.#showAdded(answer.value);
  }

  /** A model on Hugging Face, by `owner/name`; true where it was added. What was typed stays where it was not. */
  async addFromHub(repository: string, file: string | null): Promise<boolean> {
    this.hubFailure = null;
    this.hubFiles = [];
    this.hubProgress = `Asking for ${repository}`;
    const answer = await this.#hooks.ask((api) => api.addFromHub({ repository, file }));
    this.hubProgress = null;
    if (answer.kind === "failed") {
      this.hubFailure = answer.message;
      return false;
    }
    if (answer.value.kind === "choose-file") {
      this.hubFiles = answer.value.names;
      return false;
    }
    await this.#showAdded(answer.value);
    return true;
  }

  async cancelHub(): Promise<void> {
    await this.#hooks.ask((api) => api.cancelHub());
  }

  /** What is read now; nothing where nobody waits for it. */
  tellProgress(line: string): void {
    if (this.hubProgress !== null) this.hubProgress = line;
  }

  async #showAdded({ id, name, hasReplaced }: AddedModel): Promise<void> {
    await this.#hooks.reload();
    this.modelNotice = { isFailure: false, text: `${hasReplaced ? "Replaced" : "Added"} ${name}.` };
    this.#hooks.show(id);
  }

  async remove(modelId: string, name: string): Promise<void> {
    const answer = await this.#during((api) => api.removeOwnModel(modelId));
    if (answer.kind === "ok") await this.#hooks.reload();
    const text = answer.kind === "ok" ? `Removed ${name} from your own catalog.` : answer.message;
    this.modelNotice = { isFailure: answer.kind === "failed", text };
  }

  async refresh(address: string): Promise<void> {
    await this.#change((api) => api.refreshCatalog(address.trim()));
  }

  async undoRefresh(): Promise<void> {
    await this.#change((api) => api.undoRefresh());
  }

  async exportOwn(): Promise<void> {
    const answer = await this.#during((api) => api.exportOwn());
    if (answer.kind === "failed") this.notice = { isFailure: true, text: answer.message };
    else if (answer.value !== null)
      this.notice = { isFailure: false, text: `Your own catalog is saved as ${answer.value}.` };
  }

  async importOwn(): Promise<void> {
    const answer = await this.#during((api) => api.importOwn());
    if (answer.kind === "ok" && answer.value === null) return;
    if (answer.kind === "ok") await this.#hooks.reload();
    this.notice =
      answer.kind === "failed"
        ? { isFailure: true, text: answer.message }
        : { isFailure: false, text: answer.value ?? "" };
  }

  async #change(call: (api: Api) => Promise<Answer<CatalogState>>): Promise<void> {
    this.notice = null;
    const answer = await this.#during(call);
    if (answer.kind === "failed") {
      this.notice = { isFailure: true, text: answer.message };
      return;
    }
    this.state = answer.value;
    await this.#hooks.reload();
    const { date, isRefreshed } = answer.value;
    const which = isRefreshed ? "The catalog is newer now" : "The shipped catalog is in use again";
    this.notice = { isFailure: false, text: `${which}: of ${date ?? "an unknown day"}.` };
  }

  async #during<Value>(call: (api: Api) => Promise<Answer<Value>>): Promise<Answer<Value>> {
    this.isBusy = true;
    const answer = await this.#hooks.ask(call);
    this.isBusy = false;
    return answer;
  }
}
