import { idOf } from "#catalog/gguf/model.ts";
import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";

/** What tools put behind a model's name: the packing, the format, the part of a split file. */
const PACKING =
  /[-._](?:gguf|ggml|awq|gptq|mlx|exl[23]|hf|imat|imatrix|i1|ud|qat|fp8|nvfp4|mxfp4|bf16|fp16|fp32|f16|f32|int[48]|w\da\d+|\d(?:\.\d+)?-?b(?:it|pw)|(?:i|t)?q\d(?:_[a-z0-9]+)*|dynamic)$/;

/** Names of a model as files and stores spell them, reduced to what they have in common; compared as a whole only. */
export function plainName(name: string): string {
  let plain = name
    .toLowerCase()
    .replace(/\.(?:gguf|safetensors)$/, "")
    .replace(/-\d{5}-of-\d{5}$/, "");
  for (let shorter = plain.replace(PACKING, ""); shorter !== plain; shorter = plain.replace(PACKING, "")) {
    plain = shorter;
  }
  return plain.replaceAll(/[-_\s]+/g, "").replace(/^metallama/, "llama"); // Meta's older repositories begin so
}

/** A name in Ollama's library is no other name: `mistral:7b` is version 0.3, "Mistral 7B" the first. */
export function ollamaName(nameAndTag: string): string {
  return `ollama ${nameAndTag}`;
}

/** Which models of a catalog go by a name. */
export type ModelsByName = ReadonlyMap<string, readonly string[]>;

/** Every model by its id, its name, its repository with and without the owner. */
export function modelsByName(models: readonly Model[]): ModelsByName {
  const byName = new Map<string, string[]>();
  for (const { id, name, huggingFaceId, otherNames } of models) {
    const [owner = "", repository = ""] = huggingFaceId?.split("/") ?? [];
    const names = [id, name, repository, `${owner}${repository}`].map(plainName);
    const { ollama } = otherNames ?? {};
    if (ollama !== undefined && isKnown(ollama)) names.push(plainName(ollamaName(ollama.value)));
    for (const plain of new Set([...names, id])) {
      if (plain !== "") byName.set(plain, [...(byName.get(plain) ?? []), id]);
    }
  }
  return byName;
}

/** The models that go by the first of these names that any goes by; none where nobody does. */
export function modelsNamed(candidates: readonly string[], byName: ModelsByName): readonly string[] {
  for (const candidate of candidates) {
    const found = byName.get(plainName(candidate));
    if (found !== undefined) return found;
  }
  return [];
}

/** What a file may be called after: itself to the letter (an own entry), itself, its end after an owner, its folder. */
export function namesOfFile(parts: readonly string[], byName: ModelsByName): readonly string[] {
  const fileName = parts.at(-1) ?? "";
  const own = byName.get(idOf(fileName));
  if (own !== undefined) return own;
  const ends = [...fileName.matchAll(/_/g)].map(({ index }) => fileName.slice(index + 1));
  const folder = parts.at(-2);
  return modelsNamed([fileName, ...ends, ...(folder === undefined ? [] : [folder])], byName);
}
