import type { Card } from "#engine/card.ts";

/** One spelling of an accelerator's name, taken apart for comparison. */
export interface CardName {
  /** Lower case, no spaces or hyphens, without maker, brand and memory size: "rtx4090laptop". Empty: nothing left. */
  readonly key: string;
  /** The memory size in the name ("A100 80GB"), as its label says; null where it has none. */
  readonly memoryGB: number | null;
}

/**
 * Words that every card of a maker carries and people leave out. Lines that tell cards apart ("Quadro", "Pro",
 * "Arc", "Laptop") stay: "Quadro RTX 4000" is not "RTX 4000 Ada".
 */
const LEFT_OUT = new Set([
  ...["nvidia", "amd", "ati", "intel", "apple", "qualcomm", "corporation", "corp", "inc"],
  ...["geforce", "radeon", "instinct", "tesla", "gpu", "graphics", "graphic", "card", "series", "generation"],
  ...["with", "design", "edition"],
]);

const SAME_WORD: Readonly<Record<string, string>> = { mobile: "laptop", notebook: "laptop" };

/** Takes a spelling apart: what nvidia-smi, lspci and people write of one card comes to the same key. */
export function cardName(text: string): CardName {
  const plain = bracketed(text.toLowerCase())
    .replace(/\((r|tm|c)\)|\(radv [^)]*\)|[®™©]/g, "")
    .replace(/\bmax[\s-]?q\b/g, "maxq");
  const memory = /(?<![\d.])(\d+(?:\.\d+)?)\s*gi?b\b/.exec(plain);
  const rest = memory === null ? plain : plain.replace(memory[0], " ");
  const words = rest.split(/[^a-z0-9+]+/).filter((word) => word !== "" && !LEFT_OUT.has(word));
  return {
    key: words.map((word) => SAME_WORD[word] ?? word).join(""),
    memoryGB: memory === null ? null : Number(memory[1]),
  };
}

/** The public PCI list writes "GA102 [GeForce RTX 3090]": the name is what stands in brackets. */
function bracketed(text: string): string {
  const inside = [...text.matchAll(/\[([^\]]+)\]/g)].map(([, content = ""]) => content);
  return inside.find((content) => !/^(amd\/ati|[0-9a-f]{4}(:[0-9a-f]{4})?)$/.test(content)) ?? text;
}

/** A card's spellings, taken apart. */
export interface CardNames {
  readonly name: CardName;
  readonly aliases: readonly CardName[];
}

const known = new WeakMap<Card, CardNames>();

/** A card's spellings; taken apart once, since a search looks at every card. */
export function cardNames(card: Card): CardNames {
  const names = known.get(card) ?? { name: cardName(card.name), aliases: card.aliases.map(cardName) };
  known.set(card, names);
  return names;
}
