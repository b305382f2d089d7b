import path from "node:path";
import { expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { completeMachine } from "../../src/engine/complete-machine.ts";
import { mibToBytes } from "../../src/engine/units.ts";
import { readWholeMachine } from "../../src/probe/replay.ts";
import { fakeHost } from "./fake-host.ts";
import { meminfo, pciDevice } from "./fake-linux.ts";

const CATALOG_FOLDER = path.join(import.meta.dirname, "../../catalog");

test("a server of eight cards whose driver starts too slowly still has its eight cards, by device files and database", async () => {
  const addresses = Array.from({ length: 8 }, (_, index) => `0000:${(index + 1).toString(16)}b:00.0`);
  const found = await readWholeMachine(
    fakeHost({
      tools: {
        "nvidia-smi": () => ({ kind: "failed", message: "gave no answer within 2.5 s", elapsedMs: 2_500 }),
      },
      files: {
        ...Object.fromEntries(
          addresses.flatMap((address) => Object.entries(pciDevice(address, "10de:2330", {}, "0x030200"))),
        ),
        ...meminfo(2048),
      },
    }),
  );
  const { cards } = await loadCatalog(CATALOG_FOLDER);
  const { accelerators, probes, notes } = completeMachine(found, cards);
  expect(accelerators.map(({ memoryTotalBytes }) => memoryTotalBytes)).toEqual(
    Array.from({ length: 8 }, () => mibToBytes(81_559)),
  );
  expect(new Set(accelerators.map(({ name }) => name)).size).toBe(1);
  expect(probes.find(({ name }) => name === "nvidia-smi")).toMatchObject({
    status: "failed",
    message: "nvidia-smi gave no answer within 2.5 s",
  });
  expect(notes.filter((note) => note.startsWith("nvidia-smi may only be slow"))).toHaveLength(1);
});
