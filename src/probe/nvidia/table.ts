import type { MemoryHolder } from "#engine/machine.ts";
import { mibToBytes } from "#engine/units.ts";
import { canonicalPciAddress } from "#probe/pci.ts";
import { NOTHING_KNOWN } from "#probe/reading.ts";
import { holderKind, programName } from "./full-report.ts";
import { enabledValue, memoryFacts, type MigSlice, type NvidiaGpu, nvidiaDeviceKind } from "./gpu-row.ts";
import { numberValue, textValue, usesUnifiedMemory } from "./marks.ts";

/**
 * A card's first row and the memory cell of its second. Cells are found by their bars, not by columns: widths differ
 * from driver to driver, rules are broken by copying, and in some pastes all line breaks are lost.
 */
const CARD =
  /\|\s*(\d+)\s+([^|\s][^|]*?)\s+(On|Off|N\/A|TCC|WDDM|MCDM)\s*\|\s*([0-9A-F]+:[0-9A-F:.]+|N\/A)\s+(On|Off|N\/A)\s*\|[^|]*\|\s*\|[^|]*(?:\dW|N\/A|ERR!)[^|]*\|\s*([^|]*?)\s*\|/gi;

/** GPU, GPU instance, compute instance, slice number, used and total. */
const SLICE = /\|\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\|\s*(\d+)MiB\s*\/\s*(\d+)MiB\s*\|/g;

/** GPU, (instances,) process id, type, program, memory. */
const PROGRAM =
  /\|\s*(\d+)\s+(?:(?:\d+|N\/A)\s+(?:\d+|N\/A)\s+)?(\d+)\s+(M?\+?[CG](?:\+G)?)\s+(\S.*?)\s+(\d+MiB|N\/A)\s*\|/g;

/** The plain table: what to read where a driver is too old for questions, or a person pasted it. */
export function parseTable(text: string): readonly NvidiaGpu[] {
  const sections = text.split(/\bMIG devices:|\bProcesses:/);
  const cardsText = sections[0] ?? "";
  const driverVersion = /(?:Driver|KMD) Version:\s*(\d[\d.]*)/.exec(cardsText)?.[1] ?? null;
  const slices = [...(/\bMIG devices:/.test(text) ? (sections[1] ?? "") : "").matchAll(SLICE)];
  const programs = [
    ...(/\bProcesses:/.test(text) ? (sections[sections.length - 1] ?? "") : "").matchAll(PROGRAM),
  ];
  const cards = [...cardsText.matchAll(CARD)];
  return cards.map((card, number) => {
    const [, index = ""] = card;
    return {
      ...readCard(card, driverVersion),
      isMigOn: /\|\s*Enabled\s*\|/.test(
        cardsText.slice(card.index + card[0].length, cards[number + 1]?.index),
      ),
      areSlicesRead: true,
      slices: slices.filter(([, gpu]) => gpu === index).map(readSlice),
      memoryHolders: programs.filter(([, gpu]) => gpu === index).map(readProgram),
    };
  });
}

function readCard(
  [, index, name = "", mode = "", address = "", display, memory = ""]: readonly string[],
  driverVersion: string | null,
): Omit<NvidiaGpu, "isMigOn" | "slices" | "areSlicesRead" | "memoryHolders"> {
  const [, used, total] = /^(\d+)MiB\s*\/\s*(\d+)MiB$/.exec(memory) ?? [];
  return {
    index: numberValue(index),
    uuid: null,
    isBroken: /err!/i.test(name),
    facts: {
      ...NOTHING_KNOWN,
      name: textValue(name),
      pciAddress: canonicalPciAddress(address),
      driverVersion,
      memoryKind: usesUnifiedMemory(name) ? "unified" : "dedicated",
      deviceKind: nvidiaDeviceKind(name),
      ...memoryFacts({ total, used, free: undefined, reserved: undefined }),
      isDisplayAttached: enabledValue(display),
      driverModel: /TCC|WDDM|MCDM/i.test(mode) ? mode.toUpperCase() : null,
    },
  };
}

function readSlice([, , , , index, used, total]: readonly string[]): MigSlice {
  const memory = memoryFacts({ total, used, free: undefined, reserved: undefined });
  return { index: numberValue(index), facts: { ...NOTHING_KNOWN, ...memory } };
}

function readProgram([, , , type = "", name = "", memory]: readonly string[]): MemoryHolder {
  const usedMib = numberValue(memory, "MiB");
  return {
    programName: programName(name),
    kind: holderKind(type),
    usedBytes: usedMib === null ? null : mibToBytes(usedMib),
  };
}
