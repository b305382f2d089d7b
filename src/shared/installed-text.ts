import type { InstalledCopy } from "#engine/installed.ts";
import { commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";
import { formatFileSize } from "./format.ts";

/** "On this computer: llama3.1:8b in Ollama, 4.7 GB". */
export function installedText(copy: InstalledCopy): string {
  const { sizeBytes } = copy;
  return commaText([placeText(copy), ...(sizeBytes === null ? [] : [formatFileSize(sizeBytes)])]);
}

function placeText({ where, name }: InstalledCopy): string {
  switch (where) {
    case "ollama":
      return say("On this computer: {name} in Ollama", { name });
    case "lm-studio":
      return say("On this computer: {name} in LM Studio", { name });
    case "hugging-face":
      return say("On this computer: {name} in the Hugging Face cache", { name });
    case "llama.cpp":
      return say("On this computer: {name} in llama.cpp's cache", { name });
    case "folder":
      return say("On this computer: {name} in a folder you named", { name });
  }
}
