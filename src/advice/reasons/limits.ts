import { candidateQuantizations } from "#engine/candidates.ts";
import { estimateFit } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import type { PlacedDevice } from "#engine/fit.ts";
import { finestPacking } from "#engine/prepare.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { longestContext } from "#engine/search.ts";
import { isOffloaded, optionOf, qualityOf, type Option } from "#advice/option.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";

/** What keeps a pick from being better. */
export interface PickLimits {
  /** Of those that hold layers, the device with the least left; null where it is placed nowhere. */
  readonly tightest: TightDevice | null;
  /** The next finer packing; null where there is none. */
  readonly finer: FinerPacking | null;
  /** The longest context with nothing of it in RAM; null where that holds not even the one asked for. */
  readonly longestContextOnCards: number | null;
  readonly trainedContextLength: number | null;
  /** Share of the weights that waits in RAM beside a card; 0 where no layer does (a table of tokens is looked up there). */
  readonly weightsInRamFraction: number;
}

export interface TightDevice {
  readonly name: string;
  readonly usedBytes: number;
  /** What a model could still take of it. */
  readonly freeBytes: number;
}

/** Less loss in the next finer packing, and why it is not taken. */
export interface FinerPacking {
  readonly quantization: QuantizationName;
  readonly gainedPoints: number | null;
  /** What the same devices lack for it; 0 where it holds on them. */
  readonly missingBytes: number;
  /** How many times as fast as the pick; null where no speed is known or it does not hold. */
  readonly speedFactor: number | null;
}

export function limitsOf(option: Option, question: AdviceQuestion, data: AdviceData): PickLimits {
  const { model, quantization, fit } = option;
  const { machine, scenario } = question;
  const { trainedContextLength: trained } = model;
  return {
    tightest: tightestOf(holdersOf(option)),
    finer: finerOf(option, question, data),
    longestContextOnCards: longestContext({ model, machine, scenario }, quantization, "cards"),
    trainedContextLength: isKnown(trained) ? trained.value : null,
    weightsInRamFraction: isOffloaded(option) ? shareInRam(fit.placement.devices) : 0,
  };
}

/** RAM beside a card that holds every layer has a table of tokens to hold, which limits nothing. */
function holdersOf(option: Option): readonly PlacedDevice[] {
  const { devices } = option.fit.placement;
  const cards = devices.filter(({ memoryKind }) => memoryKind !== "system");
  return isOffloaded(option) || cards.length === 0 ? devices : cards;
}

function tightestOf(devices: readonly PlacedDevice[]): TightDevice | null {
  const all = devices.map(({ name, usedBytes, capacityBytes, marginBytes }) => ({
    name,
    usedBytes,
    freeBytes: capacityBytes - marginBytes - usedBytes,
  }));
  return all.sort((one, other) => one.freeBytes - other.freeBytes)[0] ?? null;
}

function shareInRam(devices: readonly PlacedDevice[]): number {
  const bytes = (list: readonly PlacedDevice[]): number =>
    list.reduce((sum, { parts }) => sum + parts.weightsBytes, 0);
  const all = bytes(devices);
  return all === 0 ? 0 : bytes(devices.filter(({ memoryKind }) => memoryKind === "system")) / all;
}

/** The nearest of those that keep more than the pick; larger ones that lose more are no step up. */
function finerOf(option: Option, question: AdviceQuestion, data: AdviceData): FinerPacking | null {
  const { model, quantization } = option;
  const { architecture } = model;
  const finest = finestPacking(model);
  if (!isKnown(architecture) || !isKnown(finest)) return null;
  const { lowestQuantization, runtime } = question.scenario;
  const names = candidateQuantizations(architecture.value, finest.value, lowestQuantization, runtime);
  const larger = names.slice(0, Math.max(0, names.indexOf(quantization))).reverse();
  const finer = larger.find((name) => gainOf(name, option, question, data) !== 0);
  return finer === undefined ? null : stepTo(finer, option, question, data);
}

/** Index points gained; 0 where it is no gain, null where nobody measured one of the two. */
function gainOf(
  name: QuantizationName,
  { model, quality }: Option,
  question: AdviceQuestion,
  data: AdviceData,
): number | null {
  const loss = qualityOf(model, name, question, data).loss;
  return loss === null || quality.loss === null ? null : Math.max(0, quality.loss.points - loss.points);
}

function stepTo(
  quantization: QuantizationName,
  option: Option,
  question: AdviceQuestion,
  data: AdviceData,
): FinerPacking {
  const { model, fit } = option;
  const placed = optionOf(model, quantization, question, data);
  const needed =
    estimateFit(model, question.machine, question.scenario, quantization).memory?.totalBytes ?? null;
  const isAlike = placed !== null && placed.fit.placement.kind === fit.placement.kind;
  return {
    quantization,
    gainedPoints: gainOf(quantization, option, question, data),
    missingBytes: isAlike ? 0 : missingFor(placed, needed, fit.placement.devices),
    speedFactor: placed === null ? null : placed.orderingTokensPerSecond / option.orderingTokensPerSecond,
  };
}

/** What would go to RAM instead; where it is placed nowhere, what all these devices lack together. */
function missingFor(
  placed: Option | null,
  neededBytes: number | null,
  devices: readonly PlacedDevice[],
): number {
  if (placed !== null) return Math.max(1, bytesInRam(placed.fit.placement.devices) - bytesInRam(devices));
  const room = devices.reduce((sum, each) => sum + each.capacityBytes - each.marginBytes, 0);
  return neededBytes === null ? 1 : Math.max(1, neededBytes - room);
}

function bytesInRam(devices: readonly PlacedDevice[]): number {
  return devices.find(({ memoryKind }) => memoryKind === "system")?.usedBytes ?? 0;
}
