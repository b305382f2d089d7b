/** True where no value lies deeper than `levelsMax` objects or lists. Walks without recursion: depth is what is feared. */
export function isShallow(json: unknown, levelsMax: number): boolean {
  let level: readonly unknown[] = [json];
  for (let depth = 0; depth <= levelsMax; depth++) {
    level = level.flatMap(contentOf);
    if (level.length === 0) return true;
  }
  return false;
}

function contentOf(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values<unknown>({ ...value }) : [];
}
