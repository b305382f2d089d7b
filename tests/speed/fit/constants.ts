import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";
import { runsOn } from "#engine/speed/backend.ts";
import { BACKENDS } from "#engine/backend.ts";
import type {
  AcceleratorConstants,
  SpeedBasis,
  SpeedConstants,
  Spread,
  WithinDeviceSpreads,
} from "#engine/speed/speed-constants.ts";
import { gibToBytes } from "#engine/units.ts";
import { backendOf, deviceOf, type Cell } from "../cells.ts";
import { decodeConstants, linkConstants, processorConstants, type HardwareClass } from "./decode-model.ts";
import type { OtherRuntimes } from "./other-runtimes.ts";
import { prefillConstants, prefillShared } from "./prefill-model.ts";
import type { Fitted } from "./robust-fit.ts";

/** All that was fitted, before it becomes the file. */
export interface FitResult {
  readonly decode: Fitted;
  readonly prefill: Fitted;
  readonly decodeCells: readonly Cell[];
  readonly prefillCells: readonly Cell[];
  readonly others: OtherRuntimes;
  readonly spreads: readonly Spread[];
  readonly withinDevice: WithinDeviceSpreads;
}

/** The file's content. */
export function toConstants(result: FitResult): SpeedConstants {
  return {
    schemaVersion: 1,
    basis: basisOf([...result.decodeCells, ...result.prefillCells]),
    accelerators: classesOf(result.decodeCells).map((of) => acceleratorConstants(of, result)),
    processor: rounded({
      ...processorConstants(result.decode.read),
      prefillFlopsPerCore: prefillShared(result.prefill.read).prefillFlopsPerCore,
      assumedRamBytesPerSecond: ASSUMED_RAM_BYTES_PER_SECOND,
      assumedRamUpToBytes: gibToBytes(LARGEST_PC_GIB),
    }),
    links: rounded({
      ...linkConstants(result.decode.read),
      allReduceMs: result.others.allReduceMs,
      pipelineOverlap: prefillShared(result.prefill.read).pipelineOverlap,
      streamingEfficiency: prefillShared(result.prefill.read).streamingEfficiency,
      assumedLinkBytesPerSecond: ASSUMED_LINK_BYTES_PER_SECOND,
    }),
    runtimes: result.others.runtimes,
    withinDevice: result.withinDevice,
    spreads: [...result.spreads, tensorParallelSpread(result), ASSUMED_RAM_SPREAD],
  };
}

/**
 * A PC's two channels hold from DDR4-2666 (42.7 GB/s) to DDR5-6400 (102.4 GB/s); the middle of that, as a factor, and
 * the ends as its spread. PCs take up to 4 modules of 48 GB. A choice, which no row is behind.
 */
const ASSUMED_RAM_BYTES_PER_SECOND = 66e9;
const ASSUMED_RAM_SPREAD: Spread = {
  part: "assumed-ram",
  backend: null,
  fast: 0.645,
  slow: 1.55,
  rowCount: 0,
  deviceCount: 0,
};
const LARGEST_PC_GIB = 192;

/** PCIe 4.0 with 8 lanes: what a laptop or a second slot gives. */
const ASSUMED_LINK_BYTES_PER_SECOND = 15.75e9;

/** The rows are of one kind of card, so that what makers differ by comes on top: the spread of single cards. */
function tensorParallelSpread({ others, spreads }: FitResult): Spread {
  const { fast, slow, rowCount, deviceCount } = others.tensorParallel;
  const single = spreads.find(({ part, backend }) => part === "decode-dense" && backend === "cuda");
  if (single === undefined) throw new Error("decoding under CUDA has no spread");
  return {
    part: "decode-tensor-parallel",
    backend: null,
    ...rounded({ fast: fast * single.fast, slow: slow * single.slow }),
    rowCount,
    deviceCount,
  };
}

/** Every class that was measured, each maker with each back end it runs, and each back end; the particular first. */
function classesOf(cells: readonly Cell[]): readonly HardwareClass[] {
  const measured = new Map<string, HardwareClass>();
  for (const cell of cells) {
    const backend = backendOf(cell);
    if (cell.accelerator === null || backend === null) continue;
    const { vendor, generation } = cell.accelerator;
    if (generation === null) continue;
    measured.set(`${vendor} ${backend} ${generation}`, { vendor, generation, backend });
  }
  const backends = BACKENDS.filter((backend) => backend !== "cpu");
  const makers = VENDORS.flatMap((vendor) =>
    backends
      .filter((backend) => runsOn(backend, vendor))
      .map((backend): HardwareClass => ({ vendor, generation: null, backend })),
  );
  const anything = backends.map((backend): HardwareClass => ({ vendor: null, generation: null, backend }));
  const inOrder = [...measured.entries()].sort(([one], [other]) => one.localeCompare(other));
  return [...inOrder.map(([, of]) => of), ...makers, ...anything];
}

const VENDORS: readonly AcceleratorVendor[] = ["nvidia", "amd", "intel", "apple"];

function acceleratorConstants(of: HardwareClass, result: FitResult): AcceleratorConstants {
  const own = result.decodeCells.filter((cell) => isOf(cell, of));
  return {
    ...of,
    decode: roundedDeep(decodeConstants(result.decode.read, of)),
    prefill: roundedDeep(prefillConstants(result.prefill.read, of)),
    rowCount: own.length,
    deviceCount: new Set(own.map(deviceOf)).size,
  };
}

function isOf(cell: Cell, { vendor, generation, backend }: HardwareClass): boolean {
  const { accelerator } = cell;
  if (accelerator === null || backendOf(cell) !== backend) return false;
  if (vendor !== null && accelerator.vendor !== vendor) return false;
  return generation === null || accelerator.generation === generation;
}

function basisOf(cells: readonly Cell[]): SpeedBasis {
  const builds = [...new Set(cells.map(({ row }) => row.build).filter((build) => build !== ""))].sort();
  const months = cells.flatMap(({ row }) => /20\d\d-(?:0[1-9]|1[0-2])/.exec(row.build)?.[0] ?? []).sort();
  return {
    rowCount: cells.length,
    deviceCount: new Set(cells.map(deviceOf)).size,
    builds,
    firstMonth: months[0] ?? "unknown",
    lastMonth: months.at(-1) ?? "unknown",
    notes: [
      "llama.cpp and, on processors, ik_llama.cpp: the fastest build of each device, back end, model and packing.",
      "Constants are for current builds; rows of builds before August 2024 were allowed longer overheads in the fit.",
      "Spreads are of devices that were left out of the fit, old builds' rows among them as if they were current.",
    ],
  };
}

const DIGITS = 3;

function rounded<Values extends Readonly<Record<string, number>>>(values: Values): Values {
  return roundedDeep(values);
}

/** The same with three significant digits; null and text stay. */
function roundedDeep<Value>(value: Value): Value {
  // JSON there and back: what comes out has the shape of what went in
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "number" && !Number.isInteger(inner) ? Number(inner.toPrecision(DIGITS)) : inner,
    ),
  ) as Value;
}
