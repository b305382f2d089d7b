import type { CatalogState } from "#engine/catalog.ts";
import type { InstalledModel, ModelFolder } from "#engine/installed.ts";
import type { AddedModel, Answer, Api, GivenFile, RefreshProgress } from "#shared/ipc.ts";
import { AddModelState, type Lacking } from "./add/add-model.svelte.ts";
import { formatDay } from "#shared/format.ts";
import { sentencesText } from "#words/lists.ts";
import { say } from "#words/say.ts";

/** What the shelf needs of the window around it. */
export interface ShelfHooks {
  readonly ask: <Value>(call: (api: Api) => Promise<Answer<Value>>) => Promise<Answer<Value>>;
  /** Reads the catalog again, and what hangs on it. */
  readonly reload: () => Promise<void>;
  /** A model that was just added, or corrected. */
  readonly show: (modelId: string) => void | Promise<void>;
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

  /** The dialog with the catalog's age, its refresh and the folders. */
  isCatalogOpen = $state(false);
  /** Of a refresh that is under way; null: none is. */
  refreshProgress = $state.raw<RefreshProgress | null>(null);
  /** Where models on this computer are looked for; null until somebody asks. */
  folders = $state.raw<readonly ModelFolder[] | null>(null);
  foldersFailure = $state<string | null>(null);

  /** The dialog that adds a model. */
  readonly adding: AddModelState;

  readonly #hooks: ShelfHooks;

  constructor(hooks: ShelfHooks) {
    this.#hooks = hooks;
    this.adding = new AddModelState({
      ask: hooks.ask,
      added: async (model, lacks) => await this.#showAdded(model, lacks),
    });
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

  async #showAdded({ id, name, hasReplaced }: AddedModel, lacks: Lacking = null): Promise<void> {
    await this.#hooks.reload();
    const text = hasReplaced ? say("Replaced {name}.", { name }) : say("Added {name}.", { name });
    this.modelNotice = { isFailure: false, text: sentencesText([text, ...lackingTexts(lacks)]) };
    await this.#hooks.show(id);
  }

  async remove(modelId: string, name: string): Promise<void> {
    const answer = await this.#during((api) => api.removeOwnModel(modelId));
    if (answer.kind === "ok") await this.#hooks.reload();
    const text =
      answer.kind === "ok" ? say("Removed {name} from your own catalog.", { name }) : answer.message;
    this.modelNotice = { isFailure: answer.kind === "failed", text };
  }

  async refresh(address: string): Promise<void> {
    if (this.refreshProgress !== null) return;
    this.refreshProgress = { receivedBytes: 0, totalBytes: null };
    await this.#change((api) => api.refreshCatalog(address.trim()));
    this.refreshProgress = null;
  }

  async cancelRefresh(): Promise<void> {
    await this.#hooks.ask((api) => api.cancelRefresh());
  }

  /** How much is here; nothing where nobody waits for it. */
  tellRefresh(progress: RefreshProgress): void {
    if (this.refreshProgress !== null) this.refreshProgress = progress;
  }

  async readFolders(): Promise<void> {
    this.#takeFolders(await this.#hooks.ask((api) => api.listModelFolders()));
  }

  async addFolder(): Promise<void> {
    this.#takeFolders(await this.#hooks.ask((api) => api.addModelFolder()));
    await this.read();
  }

  async removeFolder(folder: string): Promise<void> {
    this.#takeFolders(await this.#hooks.ask((api) => api.removeModelFolder(folder)));
    await this.read();
  }

  #takeFolders(answer: Answer<readonly ModelFolder[]>): void {
    this.foldersFailure = answer.kind === "failed" ? answer.message : null;
    if (answer.kind === "ok") this.folders = answer.value;
  }

  async undoRefresh(): Promise<void> {
    await this.#change((api) => api.undoRefresh());
  }

  async exportOwn(): Promise<void> {
    const answer = await this.#during((api) => api.exportOwn());
    if (answer.kind === "failed") this.notice = { isFailure: true, text: answer.message };
    else if (answer.value !== null)
      this.notice = {
        isFailure: false,
        text: say("Your own catalog is saved as {name}.", { name: answer.value }),
      };
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
    this.notice = { isFailure: false, text: inUseText(answer.value) };
  }

  async #during<Value>(call: (api: Api) => Promise<Answer<Value>>): Promise<Answer<Value>> {
    this.isBusy = true;
    const answer = await this.#hooks.ask(call);
    this.isBusy = false;
    return answer;
  }
}

/** Why an added model has no verdict, and where that is mended. */
function lackingTexts(lacks: Lacking): readonly string[] {
  if (lacks === null) return [];
  return [
    say(
      "Its verdict is unknown, since what it is released as is not known. “Edit…” in its panel is where to add that.",
    ),
  ];
}

/** Which catalog is in use after it was changed, by its day. */
function inUseText({ isRefreshed, date }: CatalogState): string {
  if (isRefreshed) {
    return date === null
      ? say("The catalog is newer now: of an unknown day.")
      : say("The catalog is newer now: of {date}.", { date: formatDay(date) });
  }
  return date === null
    ? say("The shipped catalog is in use again: of an unknown day.")
    : say("The shipped catalog is in use again: of {date}.", { date: formatDay(date) });
}
