import type { GivenFile } from "#shared/ipc.ts";

/** True where something from outside the page is dragged over it. */
export function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

/**
 * Files as the program takes them. An Electron before 32 lets the page see where a file lies and has no other way;
 * a later one lets only the preload script ask.
 */
export function givenFiles(files: FileList | null | undefined): readonly GivenFile[] {
  return [...(files ?? [])].map((file) =>
    "path" in file && typeof file.path === "string" && file.path !== "" ? file.path : file,
  );
}
