import { otherNamesOf, type Model } from "#engine/model.ts";

/** True of a model whose name, id, family or developer holds every word typed, as the window's list finds it. */
export function isFound({ name, id, family, developer, otherNames }: Model, typed: string): boolean {
  const text = [name, id, family, developer, ...otherNamesOf({ otherNames })].join(" ").toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => text.includes(word));
}
