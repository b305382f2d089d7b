import type { AcceleratorLink } from "#engine/machine.ts";

/** How two cards, by their number, reach each other. */
export interface GpuLink extends Pick<AcceleratorLink, "kind" | "linkCount"> {
  readonly from: number;
  readonly to: number;
}

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** nvidia-smi's own words for the ways that are not NVLink. */
const WAYS: Readonly<Record<string, AcceleratorLink["kind"]>> = {
  PIX: "pcie-switch",
  PXB: "pcie-switch",
  PHB: "host-bridge",
  NODE: "numa-node",
  SYS: "system",
};

/**
 * `nvidia-smi topo -m`: each pair of cards once. Columns go by the header; those of network cards are passed over.
 * The matrix says everything twice, and a pair counts where both cells agree: a cut last line is not believed.
 */
export function parseTopology(text: string): readonly GpuLink[] {
  const rows = text
    .replace(ANSI, "")
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/));
  const header = rows.find(([first, second]) => first === "GPU0" && second !== "X");
  if (header === undefined) return [];
  const cellOf = (row: string, column: string): string | undefined => {
    const cells = rows.find((candidate) => candidate !== header && candidate[0] === row);
    return cells?.[header.indexOf(column) + 1];
  };
  const names = header.filter((column) => gpuNumber(column) !== null);
  return names.flatMap((row, position) =>
    names.slice(position + 1).flatMap((column) => {
      const cell = cellOf(row, column);
      return cell === cellOf(column, row) ? linkOf(row, column, cell) : [];
    }),
  );
}

function linkOf(row: string, column: string, cell: string | undefined): readonly GpuLink[] {
  const [from, to, link] = [gpuNumber(row), gpuNumber(column), way(cell ?? "")];
  return from === null || to === null || link === null ? [] : [{ from, to, ...link }];
}

function way(cell: string): Pick<AcceleratorLink, "kind" | "linkCount"> | null {
  const linkCount = /^NV(\d+)$/.exec(cell)?.[1];
  if (linkCount !== undefined) return { kind: "nvlink", linkCount: Number(linkCount) };
  const kind = WAYS[cell];
  return kind === undefined ? null : { kind, linkCount: null };
}

function gpuNumber(cell: string): number | null {
  const number = /^GPU(\d+)$/.exec(cell)?.[1];
  return number === undefined ? null : Number(number);
}
