import type { Card } from "#engine/card.ts";
import { isKnown } from "#engine/fact.ts";
import { cardsLike } from "#engine/hardware/card-listing.ts";
import type { Options } from "#cli/arguments.ts";
import { didYouMean } from "#cli/did-you-mean.ts";
import { mendedSearch } from "#cli/mended-search.ts";
import { originMark } from "#cli/output/origin-mark.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { tableLines } from "#cli/output/table.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog } from "#cli/usable-catalog.ts";
import { formatBandwidth, formatMemory } from "#shared/format.ts";

const COLUMNS = [
  { heading: "Card", align: "start" },
  { heading: "Memory", align: "end" },
  { heading: "Bandwidth", align: "end" },
  { heading: "Power", align: "end" },
  { heading: "Released", align: "end" },
  { heading: "Launch price", align: "end" },
  { heading: "", align: "start" },
  { heading: "", align: "start" },
] as const;

/** `fitment hardware`: the card database, as far as it is asked for. */
export async function listHardware(options: Options, surroundings: Surroundings): Promise<void> {
  const { cards } = await usableCatalog(surroundings);
  const { print, isColourful, columns } = surroundings;
  const search = options.search ?? "";
  const wanted = cardsLike(search, cards);
  if (options.json === true) {
    print(JSON.stringify({ schemaVersion: 1, cards: wanted }, null, 2));
    return;
  }
  const shown = wanted.length > 0 ? wanted : mendedCards(search, cards, print);
  const [heading = "", ...lines] = tableLines(COLUMNS, shown.map(cardCells), columns);
  if (shown.length > 0) print([terminalStyle(isColourful)("bold", heading), ...lines].join("\n"));
  print(`${shown.length} of ${cards.length} accelerators`);
}

/** What a search with a slip of the keys was for; where that cannot be told, says what is near. */
function mendedCards(search: string, cards: readonly Card[], print: (text: string) => void): readonly Card[] {
  const mended = mendedSearch(search, cards);
  const meant = mended === null ? [] : cardsLike(mended, cards);
  const names = cards.flatMap(({ name, aliases }) => [name, ...aliases]);
  const more = meant.length > 0 ? ` These are called "${mended}":` : didYouMean(search, names);
  print(`No accelerator is called "${search}".${more}`);
  return meant;
}

function cardCells(card: Card): readonly string[] {
  const { memoryBytes, memoryBandwidthBytesPerSecond: bandwidth } = card;
  return [
    card.name,
    isKnown(memoryBytes) ? formatMemory(memoryBytes.value) : "unknown",
    isKnown(bandwidth) ? formatBandwidth(bandwidth.value) : "unknown",
    powerText(card),
    releaseText(card),
    priceText(card),
    card.memoryKind === "unified" ? "unified memory" : "",
    originMark(card.origin),
  ];
}

/** Memory and bandwidth are of one device, power is of the board: "500 W for 2". */
function powerText({ powerWatts, deviceCount }: Card): string {
  if (!isKnown(powerWatts)) return "unknown";
  return deviceCount === 1 ? `${powerWatts.value} W` : `${powerWatts.value} W for ${deviceCount}`;
}

function releaseText({ releaseYear }: Card): string {
  return isKnown(releaseYear) ? String(releaseYear.value) : "unknown";
}

/** What it cost when it came. */
function priceText({ launchPriceUsd }: Card): string {
  return isKnown(launchPriceUsd) ? `$${launchPriceUsd.value.toLocaleString("en-US")}` : "unknown";
}
