import { CARD_DATABASE, cardFacts, type CardFacts } from "#engine/card-facts.ts";
import type { Card } from "#engine/card.ts";
import { isKnown, type Fact } from "#engine/fact.ts";
import type { Accelerator, AcceleratorDetails, MemoryHolder, Witness } from "#engine/machine.ts";
import { commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";
import { disagreementText, type Said } from "./disagreement.ts";
import { toldText } from "./english/told-text.ts";
import { formatBandwidth, formatFlops, formatMemory } from "./format.ts";
import { type FactLine, toldSource } from "./model-facts.ts";

/** A fact of an accelerator with its sources, and what other sources say against it. */
export interface AcceleratorFact extends FactLine {
  /** "24.0 GiB (nvidia-smi); card database says 20.0 GiB"; null where all agree. */
  readonly disagreement: string | null;
  /** When its source was read, as `2026-11-25T14:30:00.000Z`; null where that was not written down, or nothing was read. */
  readonly readAt: string | null;
}

/** Every fact of an accelerator that decides what runs on it and how fast, tools' first, then the card database's. */
export function acceleratorFacts(
  accelerator: Accelerator,
  cards: readonly Card[],
): readonly AcceleratorFact[] {
  const added = cardFacts(accelerator, cards);
  return [
    memoryTotalLine(accelerator, added),
    ...TOLD_FACTS.flatMap((told) => toldLine(accelerator, told)),
    ...computeCapabilityLine(accelerator, added),
    ...databaseLines(accelerator, added),
  ];
}

/** "python3: 12.3 GiB, computing", the largest first. */
export function memoryHolderTexts(accelerator: Accelerator): readonly string[] {
  const holders = accelerator.details?.memoryHolders ?? [];
  return [...holders].sort((one, other) => (other.usedBytes ?? -1) - (one.usedBytes ?? -1)).map(holderText);
}

function holderText({ programName, kind, usedBytes }: MemoryHolder): string {
  const amount = usedBytes === null ? say("amount not reported") : formatMemory(usedBytes);
  const use = say("{kind, select, compute {computing} graphics {drawing} other {computing and drawing}}", {
    kind,
  });
  return say("{name}: {text}", { name: programName, text: commaText([amount, use]) });
}

type Value = string | number | boolean;

/** A fact that tools tell, or do not: then it has no line. */
interface ToldFact {
  readonly fact: keyof AcceleratorDetails | keyof Accelerator;
  readonly label: () => string;
  readonly textOf: (value: Value) => string;
  /** False for what changes from one moment to the next: two tools that read it differ without contradiction. */
  readonly isSteady: boolean;
}

const memoryText = (value: Value): string => formatMemory(Number(value));

const TOLD_FACTS: readonly ToldFact[] = [
  { fact: "memoryFreeBytes", label: () => say("Free now"), textOf: memoryText, isSteady: false },
  { fact: "memoryUsedBytes", label: () => say("In use now"), textOf: memoryText, isSteady: false },
  { fact: "memoryReservedBytes", label: () => say("Kept by the driver"), textOf: memoryText, isSteady: true },
  { fact: "carveOutBytes", label: () => say("Set aside by firmware"), textOf: memoryText, isSteady: true },
  { fact: "sharedRamBytes", label: () => say("RAM it may use"), textOf: memoryText, isSteady: true },
  {
    fact: "workingSetLimitBytes",
    label: () => say("Limit for one program"),
    textOf: memoryText,
    isSteady: true,
  },
  { fact: "isDisplayAttached", label: () => say("Display"), textOf: displayText, isSteady: true },
  { fact: "gpuCoreCount", label: () => say("GPU cores"), textOf: String, isSteady: true },
  { fact: "gfxTarget", label: () => say("Compiler target"), textOf: String, isSteady: true },
  { fact: "driverVersion", label: () => say("Driver"), textOf: String, isSteady: false },
  { fact: "driverModel", label: () => say("Driver model"), textOf: String, isSteady: true },
  { fact: "pcieGeneration", label: () => say("PCIe generation"), textOf: String, isSteady: false },
  { fact: "pcieWidth", label: () => say("PCIe lanes"), textOf: String, isSteady: false },
  {
    fact: "powerLimitWatts",
    label: () => say("Power limit"),
    textOf: (value) => `${Math.round(Number(value))} W`,
    isSteady: true,
  },
  { fact: "pciAddress", label: () => say("PCI address"), textOf: String, isSteady: false },
  { fact: "pciDeviceId", label: () => say("PCI device"), textOf: String, isSteady: true },
];

function displayText(value: Value): string {
  return value === true ? say("attached") : say("none attached");
}

function toldLine(
  accelerator: Accelerator,
  { fact, label, textOf, isSteady }: ToldFact,
): readonly AcceleratorFact[] {
  const value = valueOf(accelerator, fact);
  if (value === null) return [];
  const witnesses = witnessesOf(accelerator, fact);
  return [
    {
      label: label(),
      text: textOf(value),
      ...sourceTexts(witnesses, value, accelerator.source),
      disagreement: isSteady ? disagreementText(value, witnesses, textOf) : null,
      readAt: readAtOf(witnesses, value),
    },
  ];
}

function memoryTotalLine(accelerator: Accelerator, added: CardFacts): AcceleratorFact {
  const { memoryTotalBytes, source, memoryKind } = accelerator;
  const label = say("Memory");
  if (memoryTotalBytes === null)
    return {
      label,
      text: null,
      source: say("no source says it"),
      catalogTexts: [],
      disagreement: null,
      readAt: null,
    };
  const witnesses = witnessesOf(accelerator, "memoryTotalBytes");
  const told = witnesses.length === 0 ? [{ value: memoryTotalBytes, source }] : witnesses;
  // How much of the RAM is the GPU's is set on each computer; a card's own memory is the same on all.
  const stated = memoryKind === "dedicated" ? databaseWord(added.memoryTotalBytes) : [];
  return {
    label,
    text: formatMemory(memoryTotalBytes),
    ...sourceTexts(told, memoryTotalBytes, source),
    disagreement: disagreementText(memoryTotalBytes, [...told, ...stated], memoryText),
    readAt: readAtOf(witnesses, memoryTotalBytes),
  };
}

function computeCapabilityLine(accelerator: Accelerator, added: CardFacts): readonly AcceleratorFact[] {
  if (accelerator.vendor !== "nvidia") return [];
  const label = say("Compute capability");
  const value = accelerator.details?.computeCapability ?? null;
  if (value === null) return [factLine(label, added.computeCapability, String)];
  const told = witnessesOf(accelerator, "computeCapability");
  const witnesses = told.length === 0 ? [{ value, source: accelerator.source }] : told;
  return [
    {
      label,
      text: value,
      ...sourceTexts(witnesses, value, accelerator.source),
      disagreement: disagreementText(value, [...witnesses, ...databaseWord(added.computeCapability)], String),
      readAt: readAtOf(told, value),
    },
  ];
}

function databaseLines({ vendor }: Accelerator, added: CardFacts): readonly AcceleratorFact[] {
  return [
    factLine(say("Architecture"), added.architecture, String),
    factLine(say("Memory bandwidth"), added.memoryBandwidthBytesPerSecond, formatBandwidth),
    factLine(say("FP16 on tensor units"), added.fp16TensorFlops, formatFlops),
    ...(vendor === "nvidia" ? [factLine("NVLink", added.nvlinkBytesPerSecond, formatBandwidth)] : []),
  ];
}

function factLine<Kind>(label: string, fact: Fact<Kind>, textOf: (value: Kind) => string): AcceleratorFact {
  return isKnown(fact)
    ? { label, text: textOf(fact.value), ...toldSource(fact.source), disagreement: null, readAt: null }
    : { label, text: null, ...toldSource(fact.missing), disagreement: null, readAt: null };
}

function databaseWord(fact: Fact<Value>): readonly Said[] {
  return isKnown(fact) ? [{ value: fact.value, source: CARD_DATABASE }] : [];
}

function valueOf({ details, ...accelerator }: Accelerator, fact: ToldFact["fact"]): Value | null {
  const facts: Readonly<Record<string, unknown>> = { ...accelerator, ...details };
  const value = facts[fact];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function witnessesOf({ witnesses = [] }: Accelerator, fact: string): readonly Witness[] {
  return witnesses.filter((witness) => witness.fact === fact);
}

/** When the one whose value is taken was read, else the first that says the same. */
function readAtOf(witnesses: readonly Witness[], value: Value): string | null {
  const agreeing = witnesses.filter((witness) => witness.value === value);
  return (agreeing.find(({ isChosen }) => isChosen) ?? agreeing[0])?.readAt ?? null;
}

/** The source of the chosen value, then those that say the same; where none of them says it, the accelerator's. */
function sourceTexts(
  witnesses: readonly (Said & Partial<Witness>)[],
  value: Value,
  otherwise: string,
): Pick<FactLine, "source" | "catalogTexts"> {
  const agreeing = witnesses.filter((witness) => witness.value === value);
  const chosenFirst = [...agreeing].sort(
    (one, other) => Number(other.isChosen ?? false) - Number(one.isChosen ?? false),
  );
  const sources = [...new Set(chosenFirst.map(({ source }) => source))];
  const named = sources.length === 0 ? [otherwise] : sources;
  return { source: commaText(named.map(toldText)), catalogTexts: named };
}
