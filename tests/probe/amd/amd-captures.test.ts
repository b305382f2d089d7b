import { describe, expect, test } from "vitest";
import { bytesToMib, mibToBytes } from "#engine/units.ts";
import { parseAmdSmiStatic } from "#probe/amd/amd-smi-static.ts";
import { parseAmdSmiTable } from "#probe/amd/amd-smi-table.ts";
import { amdSighting } from "#probe/amd/amd-smi.ts";
import { parseRocmSmi } from "#probe/amd/rocm-smi.ts";
import { parseRocminfo } from "#probe/amd/rocminfo.ts";
import { captureText, capturesOf, HAS_CAPTURES } from "../captures.ts";

/** "161/512 MB", one for each card. */
function usedAndTotal(vram: string): readonly (readonly number[])[] {
  return [...vram.matchAll(/(\d+)\/(\d+) MB/g)].map(([, used, total]) => [Number(used), Number(total)]);
}

describe.skipIf(!HAS_CAPTURES)("captured amd-smi", () => {
  const tables = capturesOf("amd-smi").filter(({ path }) => !path.includes("static"));

  test.each(tables)("$path: $names, $vram", ({ path, gpuCount, names, vram }) => {
    const cards = parseAmdSmiTable(captureText(path));
    expect(cards.length).toBe(gpuCount);
    expect(cards.map(({ name }) => name)).toEqual(cards.map(() => names.replace(/^2x /, "")));
    expect(
      cards.map((card) =>
        [card.memoryUsedBytes, card.memoryTotalBytes].map((size) => bytesToMib(size ?? -1)),
      ),
    ).toEqual(usedAndTotal(vram));
  });

  test("static-strix-halo-asic.txt: known by its device id, its name being a general one", () => {
    expect(parseAmdSmiStatic(captureText("amd-smi/static-strix-halo-asic.txt"))).toMatchObject([
      { name: "AMD Radeon Graphics", pciDeviceId: "1002:1586", gfxTarget: "gfx1151", gpuCoreCount: 40 },
    ]);
  });

  test.each(["26-0-2-strix-halo-512mb.txt", "26-2-2-radeon-8060s-512mb.txt", "26-2-1-strix-halo-98304.txt"])(
    "%s: what it calls VRAM is the part carved out of RAM",
    (file) => {
      const [facts = {}] = parseAmdSmiTable(captureText(`amd-smi/${file}`));
      const sighting = amdSighting(facts, { source: "amd-smi", command: null });
      expect(sighting.facts).toMatchObject({
        memoryKind: "unified",
        carveOutBytes: facts.memoryTotalBytes,
        memoryTotalBytes: null,
      });
    },
  );
});

/** INDEX.csv states bytes: "17163091968 B; 536870912 B". */
function statedBytes(vram: string): readonly (number | null)[] {
  const sizes = [...vram.matchAll(/(\d+) B/g)].map(([, bytes]) => Number(bytes));
  return sizes.length > 0 ? sizes : [null];
}

describe.skipIf(!HAS_CAPTURES)("captured rocm-smi, of every version", () => {
  test.each(capturesOf("rocm-smi"))("$path: $vram", ({ path, gpuCount, vram }) => {
    const cards = parseRocmSmi(captureText(path));
    expect(cards.length).toBe(gpuCount);
    expect(cards.map(({ memoryTotalBytes }) => memoryTotalBytes ?? null)).toEqual(statedBytes(vram));
  });

  test.each([
    ["telegraf-rx6700xt_rocm430.json", null, "1002:73df", "0000:07:00.0"],
    ["telegraf-rx6700xt_rocm571.json", "AMD Radeon RX 6700/6700 XT / 6800M", "1002:73df", "0000:07:00.0"],
    ["telegraf-rx6700xt_rocm602.json", "AMD Radeon RX 6700/6700 XT / 6800M", "1002:73df", "0000:07:00.0"],
    ["telegraf-rx6700xt_rocm612.json", "AMD Radeon RX 6700/6700 XT / 6800M", "1002:73df", "0000:07:00.0"],
    ["telegraf-mi100_rocm602.json", "AMD Instinct MI100", "1002:738c", "0000:83:00.0"],
    ["telegraf-vega-10-XT.json", null, "1002:6861", "0000:04:00.0"],
    ["telegraf-vega-20-WKS-GL-XE.json", "AMD Radeon Instinct MI50 32GB", "1002:66a1", "0000:63:00.0"],
  ])("%s: %s, %s at %s", (file, name, pciDeviceId, pciAddress) => {
    expect(parseRocmSmi(captureText(`rocm-smi/${file}`))[0]).toMatchObject({ name, pciDeviceId, pciAddress });
  });

  test("the concise table tells a device id and nothing else", () => {
    expect(parseRocmSmi(captureText("rocm-smi/concise-rx6700xt-watch.txt"))).toEqual([
      { pciDeviceId: "1002:73df" },
    ]);
  });
});

describe.skipIf(!HAS_CAPTURES)("captured rocminfo", () => {
  test.each([
    ["8x-vega20-epyc.txt", 8, "AMD Vega 20", 33_538_048],
    ["rx6700xt-gfx1030-override.txt", 1, "AMD Radeon RX 6700 XT", 12_566_528],
  ])("%s: %i x %s, %i KiB; processors and overridden targets do not count", (file, count, name, kib) => {
    const agents = parseRocminfo(captureText(`rocminfo/${file}`));
    expect(
      agents.map((agent) => [agent.name, (agent.memoryTotalBytes ?? 0) / 1024, agent.gfxTarget]),
    ).toEqual(Array(count).fill([name, kib, undefined]));
  });

  test("eight cards at eight places", () => {
    const places = parseRocminfo(captureText("rocminfo/8x-vega20-epyc.txt")).map(
      ({ pciAddress }) => pciAddress,
    );
    expect(new Set(places).size).toBe(8);
    expect(places[7]).toBe("0000:68:00.0");
  });
});

test.each([
  [
    "a list of cards",
    '[{"gpu":0,"asic":{"device_id":"0x744c","market_name":"Radeon RX 7900 XTX"},"vram":{"size":"24560 MB"}}]',
  ],
  [
    "a list one level down, sizes with units apart",
    '{"gpu_data":[{"gpu":0,"asic":{"device_id":"0x744c","market_name":"Radeon RX 7900 XTX"},"vram":{"size":{"value":24560,"unit":"MB"}}}]}',
  ],
  [
    "warnings around the JSON",
    'WARNING: not in group render\n[{"gpu":0,"asic":{"device_id":"0x744c","market_name":"Radeon RX 7900 XTX"},"vram":{"size":"24560 MB"}}]\n',
  ],
])("amd-smi static as %s (synthetic)", (_form, text) => {
  expect(parseAmdSmiStatic(text)).toMatchObject([
    { name: "Radeon RX 7900 XTX", pciDeviceId: "1002:744c", memoryTotalBytes: mibToBytes(24_560) },
  ]);
});
