import type { RuntimeConstants } from "#engine/speed/speed-constants.ts";
import { bestBuilds, deviceOf, underLlamaCpp, type Cell } from "../cells.ts";
import { totalSeconds } from "./problems.ts";
import { predictDecode } from "./decode-model.ts";
import { valueReader, type ReadParameter } from "./parameters.ts";
import { robustFit, type Fitted } from "./robust-fit.ts";
import { quantile } from "./statistics.ts";

/** Labels of runtimes and the catalog's ids: those with current, controlled rows of models and packings the engine knows (MLX has only wall-clock rates of one Mac), and the least cells to say anything. */
const RUNTIMES: Readonly<Record<string, string>> = { vllm: "vllm", exllamav3: "exllama" };
const LEAST_CELLS = 6;

/** What other runtimes' rows say: a factor for each, and the wait of tensor-parallel groups. */
export interface OtherRuntimes {
  readonly allReduceMs: number;
  readonly runtimes: readonly RuntimeConstants[];
  readonly tensorParallel: {
    readonly fast: number;
    readonly slow: number;
    readonly rowCount: number;
    readonly deviceCount: number;
  };
}

const ALL_REDUCE = { name: "allReduceMs", prior: { mean: Math.log(0.03), deviation: 1 } };

/**
 * Rows of vLLM and ExLlama against what llama.cpp's constants give for the same device. They are all of one kind
 * of card, most of them tensor-parallel, so wait and factor rest on little; the interval is what the rows show.
 */
export function fitOtherRuntimes(cells: readonly Cell[], llamaCpp: Fitted): OtherRuntimes {
  const own = bestBuilds(cells.filter(isOfOtherRuntime)).flatMap((cell) => {
    const as = underLlamaCpp(cell);
    return as === null ? [] : [{ cell: as, runtime: runtimeName(cell) }];
  });
  type Row = (typeof own)[number];
  const seconds = ({ cell, runtime }: Row, read: ReadParameter): number => {
    const known = valueReader(llamaCpp.book, llamaCpp.values);
    const parts = totalSeconds(predictDecode(cell, known, "current"));
    const factor = Math.exp(read(`runtime ${runtime}`, { mean: 0, deviation: 0.5 }));
    return (parts + waits(cell) * Math.exp(read(ALL_REDUCE.name, ALL_REDUCE.prior)) * 1e-3) / factor;
  };
  const fitted = robustFit<Row>({
    rows: own,
    predictLog: (row, read) => Math.log(seconds(row, read)),
    measuredLog: ({ cell }) => Math.log(cell.secondsMeasured),
    weight: () => 1,
    tolerance: 0.1,
  });
  const ratios = own.map((row) => ({ ...row, ratio: row.cell.secondsMeasured / seconds(row, fitted.read) }));
  const parallel = ratios.filter(({ cell }) => cell.placement.kind === "tensor-parallel");
  return {
    allReduceMs: Number(Math.exp(fitted.read(ALL_REDUCE.name, ALL_REDUCE.prior)).toPrecision(3)),
    runtimes: Object.values(RUNTIMES).flatMap((runtime) => constantsOf(runtime, ratios, fitted.read) ?? []),
    tensorParallel: spreadOf(parallel),
  };
}

function isOfOtherRuntime({ runtime, row, accelerator }: Cell): boolean {
  const isCurrent = !/^(2023|2024)/.test(row.build);
  return (
    runtime.kind === "other" &&
    runtime.runtime in RUNTIMES &&
    row.test === "decode" &&
    isCurrent &&
    accelerator !== null
  );
}

function runtimeName({ runtime }: Cell): string {
  return runtime.kind === "other" ? (RUNTIMES[runtime.runtime] ?? runtime.runtime) : "llama.cpp";
}

/** How often the cards of a group wait for each other in a token: twice a layer. */
function waits({ placement, works }: Cell): number {
  return placement.kind === "tensor-parallel"
    ? 2 * Math.max(...works.map(({ layerCount }) => layerCount))
    : 0;
}

interface Ratio {
  readonly cell: Cell;
  readonly runtime: string;
  readonly ratio: number;
}

function constantsOf(
  runtime: string,
  ratios: readonly Ratio[],
  read: ReadParameter,
): RuntimeConstants | null {
  const own = ratios.filter((ratio) => ratio.runtime === runtime);
  const vendor = own[0]?.cell.accelerator?.vendor;
  if (vendor === undefined || own.length < LEAST_CELLS) return null;
  const factor = Math.exp(read(`runtime ${runtime}`, { mean: 0, deviation: 0.5 }));
  return { runtime, vendor, decodeFactor: Number(factor.toPrecision(3)), ...spreadOf(own) };
}

function spreadOf(ratios: readonly Ratio[]): OtherRuntimes["tensorParallel"] {
  const values = ratios.map(({ ratio }) => ratio);
  return {
    fast: Number(Math.min(1, quantile(values, 0.1)).toPrecision(3)),
    slow: Number(Math.max(1, quantile(values, 0.9)).toPrecision(3)),
    rowCount: ratios.length,
    deviceCount: new Set(ratios.map(({ cell }) => deviceOf(cell))).size,
  };
}
