import { otherNamesOf, type Model } from "./model.ts";

/**
 * Models by what people type: "qwen 3 8b", "llama3.1", "gemma3:27b", "unsloth/Qwen3-8B-GGUF". Every word must be part
 * of a name, its maker, a task or what it takes in, where numbers count whole: "3" is no "13", "8b" no "0.8b". Where
 * nothing is found so, less is asked: parts of words, then without what tools put to a name. Closest names first.
 */
export function searchModels(models: readonly Model[], text: string): readonly Model[] {
  const typed = wordsOf(withoutPacking(withoutAddress(text.slice(0, TYPED_MAX))));
  if (typed.length === 0) return isBlank(text) ? models : [];
  const searched = models.map(searchedOnce);
  for (const find of [byTokens, byLetters]) {
    for (const words of [typed, typed.map(withoutOwner), bare(typed)]) {
      const found = words.length === 0 ? [] : find(searched, words);
      if (found.length > 0) return closestFirst(found, words);
    }
  }
  return [];
}

/** Far more letters than any name has; what is pasted by mistake costs no time. */
const TYPED_MAX = 300;

/** A name as numbers and words: two that differ in case, spaces and hyphens alone are the same. */
export function nameKey(name: string): string {
  return tokensOf(name).join(" ");
}

/** The names a model goes by: its id, its name, its repository with and without the owner, other programs' names. */
export function modelNames(model: Model): readonly string[] {
  const { id, name, huggingFaceId } = model;
  const repository = huggingFaceId === null ? [] : [huggingFaceId, withoutOwner(huggingFaceId)];
  return [id, name, ...repository, ...otherNamesOf(model)];
}

/** What is typed, without the address of a page it stands on. */
export function withoutAddress(text: string): string {
  const page = /^\s*(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co|ollama\.com)\/(?:library\/)?/i;
  return text
    .trim()
    .replace(page, "")
    .replace(/[?#].*$/s, "")
    .replace(/\/(?:(?:tree|blob|resolve)\/.*)?$/s, "");
}

interface SearchedModel {
  readonly model: Model;
  readonly names: readonly (readonly string[])[];
  /** The names and everything else a word may be part of, as numbers and words. */
  readonly parts: readonly (readonly string[])[];
  readonly letters: string;
}

/** A window searches at every letter; what a model is called never changes. */
const SEARCHED = new WeakMap<Model, SearchedModel>();

function searchedOnce(model: Model): SearchedModel {
  const known = SEARCHED.get(model) ?? searchedModel(model);
  SEARCHED.set(model, known);
  return known;
}

function searchedModel(model: Model): SearchedModel {
  const names = modelNames(model);
  const { family, developer, tasks, modalities, published = [] } = model;
  const repositories = published.map(({ repository }) => repository);
  const parts = [...names, ...repositories, family, developer, ...tasks, ...modalities];
  return {
    model,
    names: names.map(tokensOf),
    parts: parts.map(tokensOf),
    letters: [...parts, ...parts.map(joined)].join("\n").toLowerCase(),
  };
}

/** "gptoss20b": as people write who leave the hyphens out. */
function joined(name: string): string {
  return name.replaceAll(/[-_\s]+/g, "");
}

/** A number with the letters behind it (`8b`, `3.1`), or letters. */
function tokensOf(text: string): readonly string[] {
  const letters = text.toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "");
  const plain = letters.replaceAll(/(?<=\d)_(?=\d)/g, "."); // "Qwen-1_8B"
  return plain.match(/\d+(?:\.\d+)*[a-z]*|\p{L}+/gu) ?? [];
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => tokensOf(word).length > 0);
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** The catalog is of models: in which packing somebody has one says nothing of which it is. */
function withoutPacking(text: string): string {
  const packing =
    /(?<![\p{L}\d])(?:ollama|lm ?studio|gguf|ggml|awq|gptq|mlx|exl[23]|(?:ud-)?i?q\d(?:_[a-z0-9]+)*|b?f16|fp\d+|mxfp4|nvfp4|\d-?bit)(?![\p{L}\d])/giu;
  return text.replaceAll(packing, " ").replaceAll(/[-_.:]+(?=\s|$)/g, "");
}

function withoutOwner(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}

/** Without what makers put behind a name that everybody leaves out. */
function bare(words: readonly string[]): readonly string[] {
  const ending = /[-_.:]?(?<!\p{L})(?:instruct|chat|it|base|hf|latest|model|llm)(?!\p{L})/giu;
  const shorter = words.map(
    (word) =>
      withoutOwner(word)
        .replaceAll(ending, "")
        .replace(/^meta-?(?=llama)/i, ""), // Meta's older repositories begin so
  );
  return shorter.filter((word) => wordsOf(word).length > 0);
}

function byTokens(models: readonly SearchedModel[], words: readonly string[]): readonly SearchedModel[] {
  const wanted = words.map(tokensOf);
  return models.filter(({ parts }) => wanted.every((word) => parts.some((part) => holds(part, word))));
}

function byLetters(models: readonly SearchedModel[], words: readonly string[]): readonly SearchedModel[] {
  return models.filter(({ letters }) => words.every((word) => letters.includes(word.toLowerCase())));
}

/** True where a word's tokens stand one after the other in a name. */
function holds(name: readonly string[], word: readonly string[]): boolean {
  return name.some((_, start) =>
    word.every((wanted, index) => isMeant(name[start + index], wanted, index, word)),
  );
}

/** Inside a word all is as it is in the name; its first letters and its last token may be a part of the name's. */
function isMeant(token: string | undefined, wanted: string, index: number, word: readonly string[]): boolean {
  if (token === undefined || token === wanted) return token !== undefined;
  const isLast = index === word.length - 1;
  if (/^\d/.test(wanted))
    return isLast && token.startsWith(wanted) && !/^\d/.test(token.slice(wanted.length));
  if (word.length === 1) return token.includes(wanted);
  if (index === 0) return wanted.length > 2 && token.endsWith(wanted);
  return isLast && token.startsWith(wanted);
}

function closestFirst(found: readonly SearchedModel[], words: readonly string[]): readonly Model[] {
  const wanted = words.flatMap(tokensOf);
  return found
    .map((each) => ({ each, distance: distanceOf(each, wanted) }))
    .sort((one, other) => one.distance - other.distance)
    .map(({ each }) => each.model);
}

/** 0: that is its name; 1: its name begins so; 2: anything else. */
function distanceOf({ names }: SearchedModel, wanted: readonly string[]): number {
  const begins = names.filter((name) => wanted.every((token, index) => name[index] === token));
  if (begins.length === 0) return 2;
  return begins.some((name) => name.length === wanted.length) ? 0 : 1;
}
