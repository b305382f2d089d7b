/** A card of `nvidia-smi -L`, and the profiles of its slices by their number ("3g.20gb"). */
export interface ListedGpu {
  readonly index: number;
  readonly name: string;
  readonly sliceProfiles: ReadonlyMap<number, string>;
}

const CARD = /^GPU (\d+): (.+?) \(UUID: [^)]+\)\s*$/;
const SLICE = /^\s+MIG (\S+)\s+Device\s+(\d+): \(UUID: [^)]+\)\s*$/;

/** `nvidia-smi -L`; lines of any other shape say nothing. */
export function parseList(text: string): readonly ListedGpu[] {
  const cards: { index: number; name: string; sliceProfiles: Map<number, string> }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, cardIndex, name] = CARD.exec(line) ?? [];
    const [, profile, sliceIndex] = SLICE.exec(line) ?? [];
    if (cardIndex !== undefined && name !== undefined) {
      cards.push({ index: Number(cardIndex), name, sliceProfiles: new Map() });
    } else if (profile !== undefined && sliceIndex !== undefined) {
      cards[cards.length - 1]?.sliceProfiles.set(Number(sliceIndex), profile);
    }
  }
  return cards;
}
