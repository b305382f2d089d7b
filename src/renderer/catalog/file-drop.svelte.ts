import type { GivenFile } from "#shared/ipc.ts";
import { givenFiles, holdsFiles } from "./given-files.ts";

/** A place that files are dropped on; what else is dragged over it (a word, a link) is left to the page. */
export class FileDrop {
  /** True while files are held over it. */
  isOver = $state(false);
  readonly #take: (files: readonly GivenFile[]) => void;

  constructor(take: (files: readonly GivenFile[]) => void) {
    this.#take = take;
  }

  readonly over = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    this.isOver = true;
  };

  readonly leave = (): void => {
    this.isOver = false;
  };

  readonly drop = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    this.isOver = false;
    this.#take(givenFiles(event.dataTransfer?.files));
  };
}
