import type { InstalledCopy, InstalledIn } from "#engine/installed.ts";
import { formatFileSize } from "./format.ts";

const PLACE_TEXT: Record<InstalledIn, string> = {
  ollama: "in Ollama",
  "lm-studio": "in LM Studio",
  "hugging-face": "in the Hugging Face cache",
  "llama.cpp": "in llama.cpp's cache",
  folder: "in a folder you named",
};

/** "On this computer: llama3.1:8b in Ollama, 4.7 GB". */
export function installedText({ where, name, sizeBytes }: InstalledCopy): string {
  const size = sizeBytes === null ? "" : `, ${formatFileSize(sizeBytes)}`;
  return `On this computer: ${name} ${PLACE_TEXT[where]}${size}`;
}
