import { BACKEND_OVERHEAD_BYTES, VENDOR_BACKENDS, type Backend } from "#engine/backend.ts";
import type { Accelerator, MachineReport, MemoryKind } from "#engine/machine.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";

/** A place that can hold part of a model. */
export interface Room {
  readonly name: string;
  readonly acceleratorId: string | null;
  readonly memoryKind: MemoryKind;
  readonly backend: Backend;
  readonly capacityBytes: number;
  /** Null where nobody says. */
  readonly bandwidthBytesPerSecond: number | null;
  readonly marginBytes: number;
  /** What a runtime takes there before it holds anything of the model. */
  readonly overheadBytes: number;
}

/** Places that can be used together. */
export interface Rooms {
  /** Those whose memory is known, the largest first. */
  readonly cards: readonly Room[];
  /** RAM that is not an accelerator's unified memory; null where its size is unknown. */
  readonly ram: Room | null;
}

/**
 * The reserve of a card, for what no term covers: above all what the driver keeps of the total that its tool reports.
 * CUDA has 24,080 of an RTX 4090's 24,564 MiB (llama.cpp pull request 15860) and 24,124 of an RTX 3090's 24,576. No
 * start that is known to succeed is refused for it; below 320 MiB one that is known to fail would pass (Llama 3 8B in
 * F16 at 8,192 on 16 GB). llama.cpp leaves 1,024 MiB when it fits a model by itself (`--fit-target`).
 */
const CARD_MARGIN_BYTES = mibToBytes(512);

/**
 * On each of several cards, where layers do not divide evenly and buffers are not all alike. llama.cpp's 1,024 MiB would
 * refuse a start that is known to succeed (Llama 2 70B in F16 on six cards of 24 GB); below 850 MiB one that is known
 * to fail would pass (the same in Q4_0 on two of 20 GB). Our choice between them.
 */
const SPLIT_MARGIN_BYTES = mibToBytes(900);

/** Metal logs nothing unaccounted and its limit is below what there is: only a rounding of allocations. Our choice. */
const APPLE_MARGIN_BYTES = mibToBytes(64);

/** Left to the system and other programs when a model is in RAM: a tenth, at least 2 GiB. Our choice. */
const SYSTEM_SHARE_FRACTION = 0.1;
const SYSTEM_SHARE_MINIMUM_BYTES = gibToBytes(2);

/**
 * Share of unified memory Metal gives one process by default (`recommendedMaxWorkingSetSize`), as llama.cpp logs it:
 * 67 % of 8 GiB, 67 to 74 % of 16, 75 to 78 % of 32 to 192; a load of 75 % of 24 is known to succeed. Newer systems
 * give more than older ones; these are the smaller figures but for 16 GiB and more, where the newer are long out.
 */
const APPLE_SHARES: readonly (readonly [fromBytes: number, share: number])[] = [
  [gibToBytes(24), 3 / 4],
  [gibToBytes(12), 0.74],
  [0, 2 / 3],
];

/**
 * The places of this machine, as far as their size is known: cards with RAM, then each GPU of unified memory with
 * what RAM is beside it. The two are not mixed: llama.cpp uses an integrated GPU only where there is no other
 * (`llama_prepare_model_devices`), and with neither there is RAM alone.
 */
export function machineRooms(machine: MachineReport, backend?: Backend): readonly [Rooms, ...Rooms[]] {
  const known = roomsByMachine.get(machine) ?? new Map<Backend | undefined, readonly [Rooms, ...Rooms[]]>();
  roomsByMachine.set(machine, known);
  const rooms = known.get(backend) ?? computeRooms(machine, backend);
  known.set(backend, rooms);
  return rooms;
}

/** The same for every model and packing. */
const roomsByMachine = new WeakMap<MachineReport, Map<Backend | undefined, readonly [Rooms, ...Rooms[]]>>();

function computeRooms(machine: MachineReport, backend: Backend | undefined): readonly [Rooms, ...Rooms[]] {
  const ramBytes = machine.ram.totalBytes;
  const accelerators = backend === "cpu" ? [] : machine.accelerators;
  const cardsOf = (from: readonly Accelerator[]): readonly Room[] =>
    from
      .map((accelerator) => cardRoom(accelerator, backend))
      .filter((room) => room !== null)
      .sort((one, other) => other.capacityBytes - one.capacityBytes);
  const cards = cardsOf(accelerators.filter((accelerator) => !isSlice(accelerator)));
  const slices = cardsOf(accelerators.filter(isSlice)).map((card) => ({
    cards: [card],
    ram: ramRoom(ramBytes, 0),
  }));
  const unified = accelerators
    .map((accelerator) => unifiedRooms(accelerator, ramBytes, backend))
    .filter((rooms) => rooms !== null);
  const [first, ...rest] = [...slices, ...unified];
  const withCards = { cards, ram: ramRoom(ramBytes, 0) };
  if (first === undefined) return [withCards];
  return cards.length > 0 ? [withCards, first, ...rest] : [first, ...rest];
}

const sortedBySpeed = new WeakMap<readonly Room[], readonly Room[]>();

/** The fastest first, where that is known; equals and unknown ones as they were. Sorted once for all packings. */
export function fastestFirst(cards: readonly Room[]): readonly Room[] {
  const known = sortedBySpeed.get(cards);
  if (known !== undefined) return known;
  const speedOf = ({ bandwidthBytesPerSecond }: Room): number => bandwidthBytesPerSecond ?? -1;
  const sorted = [...cards].sort((one, other) => speedOf(other) - speedOf(one));
  sortedBySpeed.set(cards, sorted);
  return sorted;
}

const selectionsOf = new WeakMap<readonly Room[], Map<number, readonly (readonly Room[])[]>>();

/** So many of the cards: the fastest of them, and, where those are others, the largest. Chosen once for all packings. */
export function selections(cards: readonly Room[], count: number): readonly (readonly Room[])[] {
  const byCount = selectionsOf.get(cards) ?? new Map<number, readonly (readonly Room[])[]>();
  selectionsOf.set(cards, byCount);
  const known = byCount.get(count) ?? select(cards, count);
  byCount.set(count, known);
  return known;
}

function select(cards: readonly Room[], count: number): readonly (readonly Room[])[] {
  const fastest = fastestFirst(cards).slice(0, count);
  const largest = cards.slice(0, count);
  const isSame = largest.every((card) => fastest.includes(card));
  return isSame ? [fastest] : [fastest, fastestFirst(largest)];
}

/** A program sees one slice of a card (MIG) only, so that slices are never used together (NVIDIA's MIG user guide). */
function isSlice({ details }: Accelerator): boolean {
  return details?.deviceKind === "slice";
}

/** A card that this machine does not have, for "how many of these would do". */
export function imaginedCard(name: string, capacityBytes: number, overheadBytes: number): Room {
  return {
    name,
    acceleratorId: null,
    memoryKind: "dedicated",
    backend: "cuda",
    capacityBytes,
    bandwidthBytesPerSecond: null,
    marginBytes: CARD_MARGIN_BYTES,
    overheadBytes,
  };
}

/** Name, memory and overhead of the card that stands for "an 80 GB card": what nvidia-smi reports of an H100. */
export const REFERENCE_CARD = imaginedCard("80 GB card", mibToBytes(81_559), BACKEND_OVERHEAD_BYTES.cuda);

/** The same card as one of several; `wideningBytes` more are left for kernels that widen a quantised matrix. */
export function cardInSplit(card: Room, wideningBytes: number): Room {
  return { ...card, marginBytes: splitMarginBytes(card, wideningBytes) };
}

function splitMarginBytes({ marginBytes }: Room, wideningBytes: number): number {
  return Math.max(marginBytes, SPLIT_MARGIN_BYTES + wideningBytes);
}

/** What is free for a model's own bytes. */
export function freeBytes(room: Room): number {
  return Math.max(0, room.capacityBytes - room.marginBytes - room.overheadBytes);
}

/** What is free on the same card as one of several. */
export function freeInSplitBytes(card: Room, wideningBytes: number): number {
  return Math.max(0, card.capacityBytes - splitMarginBytes(card, wideningBytes) - card.overheadBytes);
}

function cardRoom(accelerator: Accelerator, backend: Backend | undefined): Room | null {
  const { memoryTotalBytes, memoryKind } = accelerator;
  if (memoryTotalBytes === null || memoryKind !== "dedicated") return null;
  return acceleratorRoom(accelerator, memoryTotalBytes, backend);
}

function unifiedRooms(
  accelerator: Accelerator,
  ramBytes: number | null,
  backend: Backend | undefined,
): Rooms | null {
  const { memoryTotalBytes, memoryKind } = accelerator;
  if (memoryTotalBytes === null || memoryKind !== "unified") return null;
  const carvedOutBytes = accelerator.details?.carveOutBytes ?? NOTHING_CARVED_OUT;
  const capacityBytes = unifiedLimitBytes(accelerator, memoryTotalBytes, ramBytes);
  return {
    cards: [acceleratorRoom(accelerator, capacityBytes, backend)],
    ram: ramRoom(ramBytes, Math.max(0, capacityBytes - carvedOutBytes)),
  };
}

/** A part of RAM that firmware set aside for the GPU, and that the system no longer counts; most chips have none. */
const NOTHING_CARVED_OUT = 0;

function acceleratorRoom(accelerator: Accelerator, capacityBytes: number, asked: Backend | undefined): Room {
  const backend = asked ?? VENDOR_BACKENDS[accelerator.vendor];
  return {
    backend,
    name: accelerator.name,
    acceleratorId: accelerator.id,
    memoryKind: accelerator.memoryKind,
    capacityBytes,
    bandwidthBytesPerSecond: accelerator.memoryBandwidthBytesPerSecond ?? null,
    marginBytes: accelerator.vendor === "apple" ? APPLE_MARGIN_BYTES : cardMarginBytes(accelerator),
    overheadBytes: BACKEND_OVERHEAD_BYTES[backend],
  };
}

/** A driver that says it keeps more than the usual is believed. */
function cardMarginBytes({ details }: Accelerator): number {
  const reservedBytes = details?.memoryReservedBytes ?? null;
  return reservedBytes === null ? CARD_MARGIN_BYTES : Math.max(CARD_MARGIN_BYTES, reservedBytes);
}

/** Metal's limit; elsewhere what was carved out, and of the RAM it may map all but the system's share. */
function unifiedLimitBytes(accelerator: Accelerator, totalBytes: number, ramBytes: number | null): number {
  if (accelerator.vendor === "apple") return appleLimitBytes(accelerator, totalBytes);
  const carvedOutBytes = accelerator.details?.carveOutBytes ?? NOTHING_CARVED_OUT;
  const mappableBytes = Math.max(0, totalBytes - carvedOutBytes);
  const poolBytes = ramBytes ?? mappableBytes;
  const leftBytes = Math.max(0, poolBytes - systemShareBytes(poolBytes));
  return Math.min(totalBytes, carvedOutBytes + Math.min(mappableBytes, leftBytes));
}

function appleLimitBytes({ details }: Accelerator, totalBytes: number): number {
  const stated = details?.workingSetLimitBytes ?? null;
  if (stated !== null) return Math.min(stated, totalBytes);
  const [, share] = APPLE_SHARES.find(([fromBytes]) => totalBytes >= fromBytes) ?? [0, 0];
  return Math.floor(totalBytes * share);
}

/** RAM beside what a GPU's unified memory takes of it; the system's share is left alone. */
function ramRoom(totalBytes: number | null, takenBytes: number): Room | null {
  if (totalBytes === null) return null;
  return {
    name: "RAM",
    acceleratorId: null,
    memoryKind: "system",
    backend: "cpu",
    capacityBytes: Math.max(0, totalBytes - takenBytes),
    bandwidthBytesPerSecond: null,
    marginBytes: systemShareBytes(totalBytes),
    overheadBytes: 0,
  };
}

function systemShareBytes(totalBytes: number): number {
  return Math.max(SYSTEM_SHARE_MINIMUM_BYTES, Math.ceil(totalBytes * SYSTEM_SHARE_FRACTION));
}
