import type { Card } from "#engine/card.ts";
import { isKnown } from "#engine/fact.ts";
import type { Options } from "#cli/arguments.ts";
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
  { heading: "Launch", align: "end" },
  { heading: "", align: "start" },
  { heading: "", align: "start" },
] as const;

/** `fitment hardware`: the card database, as far as it is asked for. */
export async function listHardware(options: Options, surroundings: Surroundings): Promise<void> {
  const { cards } = await usableCatalog(surroundings);
  const words = (options.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = cards.filter((card) => words.every((word) => searchText(card).includes(word)));
  const { print, isColourful, columns } = surroundings;
  if (options.json === true) {
    print(JSON.stringify({ schemaVersion: 1, cards: wanted }, null, 2));
    return;
  }
  const [heading = "", ...lines] = tableLines(COLUMNS, wanted.map(cardCells), columns);
  print([terminalStyle(isColourful)("bold", heading), ...lines].join("\n"));
  print(`${wanted.length} of ${cards.length} accelerators`);
}

function searchText({ id, name, aliases, vendor }: Card): string {
  return [id, name, ...aliases, vendor].join(" ").toLowerCase();
}

function cardCells(card: Card): readonly string[] {
  const { memoryBytes, memoryBandwidthBytesPerSecond: bandwidth } = card;
  return [
    card.name,
    isKnown(memoryBytes) ? formatMemory(memoryBytes.value) : "unknown",
    isKnown(bandwidth) ? formatBandwidth(bandwidth.value) : "unknown",
    powerText(card),
    launchText(card),
    card.memoryKind === "unified" ? "unified memory" : "",
    originMark(card.origin),
  ];
}

/** Memory and bandwidth are of one device, power is of the board: "500 W for 2". */
function powerText({ powerWatts, deviceCount }: Card): string {
  if (!isKnown(powerWatts)) return "unknown";
  return deviceCount === 1 ? `${powerWatts.value} W` : `${powerWatts.value} W for ${deviceCount}`;
}

/** What it cost when it came, and when that was: "$1,600, 2022". */
function launchText({ launchPriceUsd, releaseYear }: Card): string {
  const parts = [
    ...(isKnown(launchPriceUsd) ? [`$${launchPriceUsd.value.toLocaleString("en-US")}`] : []),
    ...(isKnown(releaseYear) ? [String(releaseYear.value)] : []),
  ];
  return parts.length === 0 ? "unknown" : parts.join(", ");
}
