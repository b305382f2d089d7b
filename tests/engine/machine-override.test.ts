import { describe, expect, test } from "vitest";
import { type Overridden, overrideMachine } from "#engine/machine-override.ts";
import type { MachineReport } from "#engine/machine.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { cardOf, machineOf, namedCard, unifiedGpu } from "../fixtures/machine.ts";

const { cards } = SHIPPED;

function overridden(
  gpus: readonly string[] | null,
  ram: string | null = null,
  base: MachineReport | null = null,
): MachineReport {
  const result = overrideMachine(base, { gpus, ram }, cards);
  if (result.kind === "failed") throw new Error(result.message);
  return result.machine;
}

function refusal(gpus: readonly string[] | null, ram: string | null = null): Overridden & { kind: "failed" } {
  const result = overrideMachine(null, { gpus, ram }, cards);
  if (result.kind === "ok") throw new Error("it was accepted");
  return result;
}

interface Built {
  readonly gpus: readonly string[];
  readonly are: readonly (readonly [string, number])[];
}

describe("accelerators", () => {
  test.each<Built>([
    { gpus: ["RTX 4090"], are: [["NVIDIA GeForce RTX 4090", mibToBytes(24_564)]] },
    {
      gpus: ["2x RTX 3090"],
      are: [
        ["NVIDIA GeForce RTX 3090", mibToBytes(24_576)],
        ["NVIDIA GeForce RTX 3090", mibToBytes(24_576)],
      ],
    },
    {
      gpus: ["2 x RTX 3090"],
      are: [
        ["NVIDIA GeForce RTX 3090", mibToBytes(24_576)],
        ["NVIDIA GeForce RTX 3090", mibToBytes(24_576)],
      ],
    },
    {
      gpus: ["2× rtx3090@20GiB"],
      are: [
        ["NVIDIA GeForce RTX 3090", gibToBytes(20)],
        ["NVIDIA GeForce RTX 3090", gibToBytes(20)],
      ],
    },
    {
      gpus: ["RTX 3090 x2"],
      are: [
        ["NVIDIA GeForce RTX 3090", mibToBytes(24_576)],
        ["NVIDIA GeForce RTX 3090", mibToBytes(24_576)],
      ],
    },
    { gpus: ["1xRTX 4090"], are: [["NVIDIA GeForce RTX 4090", mibToBytes(24_564)]] },
    { gpus: ["RTX 4090@20GiB"], are: [["NVIDIA GeForce RTX 4090", gibToBytes(20)]] },
    { gpus: ["RTX 4090 @ 20 GB"], are: [["NVIDIA GeForce RTX 4090", 20_000_000_000]] },
    { gpus: ["RTX 4090@20480MiB"], are: [["NVIDIA GeForce RTX 4090", gibToBytes(20)]] },
    { gpus: ["RTX 4090@48"], are: [["NVIDIA GeForce RTX 4090", gibToBytes(48)]] },
    { gpus: ["RTX 4090@23.5GiB"], are: [["NVIDIA GeForce RTX 4090", 25_232_932_864]] },
    {
      gpus: ["RTX 4090", "RTX 3060"],
      are: [
        ["NVIDIA GeForce RTX 4090", mibToBytes(24_564)],
        ["NVIDIA GeForce RTX 3060", mibToBytes(12_288)],
      ],
    },
    { gpus: ["RTX 4060 Ti@16GiB"], are: [["NVIDIA GeForce RTX 4060 Ti 16GB", gibToBytes(16)]] },
    { gpus: ["H100"], are: [["NVIDIA H100", mibToBytes(81_559)]] },
    { gpus: ["GPU@24GiB"], are: [["GPU with 24 GiB", gibToBytes(24)]] },
    {
      gpus: ["MI250X"],
      are: [
        ["AMD Instinct MI250X", gibToBytes(64)],
        ["AMD Instinct MI250X", gibToBytes(64)],
      ],
    },
    { gpus: [], are: [] },
  ])("$gpus", ({ gpus, are }) => {
    const { accelerators } = overridden(gpus);
    expect(accelerators.map(({ name, memoryTotalBytes }) => [name, memoryTotalBytes])).toEqual(are);
    expect(accelerators.map(({ id }) => id)).toEqual(are.map((_one, index) => `override-${index + 1}`));
    expect(accelerators.every(({ memoryKind }) => memoryKind === "dedicated")).toBe(true);
  });

  test("the source names the card database and its source, or that it was given", () => {
    const [known, given] = overridden(["RTX 4090", "RTX 4090@20GiB"]).accelerators;
    expect(known?.source).toBe("card database (nvidia-smi, drivers 535 and 580)");
    expect(given?.source).toBe("given");
  });

  test("they take the place of the machine's own, whose links go with them", () => {
    const base: MachineReport = {
      ...machineOf([namedCard("RTX 3070"), namedCard("RTX 3070")], 32),
      links: [{ fromId: "card-0", toId: "card-1", kind: "nvlink", linkCount: 4 }],
      notes: ["an adapter was set aside"],
    };
    const machine = overridden(["RTX 4090"], null, base);
    expect(machine.accelerators.map(({ name }) => name)).toEqual(["NVIDIA GeForce RTX 4090"]);
    expect(machine.links).toEqual([]);
    expect(machine.ram).toEqual(base.ram);
    expect(machine.processor).toEqual(base.processor);
    expect(machine.notes).toEqual([
      "an adapter was set aside",
      "NVIDIA GeForce RTX 4090: 23.99 GiB of memory, card database (nvidia-smi, drivers 535 and 580).",
      "RAM: 32 GiB as it was (test), none was given.",
    ]);
  });

  test("none at all leaves the rest, and says so", () => {
    const machine = overridden([], null, machineOf([namedCard("RTX 3070")], 32));
    expect(machine.accelerators).toEqual([]);
    expect(machine.ram.totalBytes).toBe(gibToBytes(32));
    expect(machine.notes[0]).toBe("Accelerators: none, as given.");
  });

  test("cards that share a name and a memory size are as good as one, and both are named", () => {
    expect(overridden(["H100"]).notes[0]).toBe(
      "NVIDIA H100: may be NVIDIA H100 80GB HBM3 or NVIDIA H100 PCIe.",
    );
  });
});

describe("RAM", () => {
  test.each([
    ["64GiB", 68_719_476_736, null],
    ["64 gib", 68_719_476_736, null],
    ["64", 68_719_476_736, "RAM: 64 is read as 64 GiB."],
    ["64G", 68_719_476_736, "RAM: 64G is read as 64 GiB."],
    ["64GB", 64_000_000_000, "RAM: 64GB is read as decimal, 59.6 GiB; memory is mostly sold in GiB."],
    ["65536MiB", 68_719_476_736, null],
    ["1TiB", 1_099_511_627_776, null],
    ["16TiB", 17_592_186_044_416, null],
    ["1T", 1_099_511_627_776, "RAM: 1T is read as 1 TiB."],
    ["32768M", 34_359_738_368, "RAM: 32768M is read as 32768 MiB."],
    ["1TB", 1_000_000_000_000, "RAM: 1TB is read as decimal, 931.32 GiB; memory is mostly sold in GiB."],
    ["64000MB", 64_000_000_000, "RAM: 64000MB is read as decimal, 59.6 GiB; memory is mostly sold in GiB."],
    ["0.5GiB", 536_870_912, null],
  ])("%s", (text, totalBytes, reading) => {
    const { ram, notes } = overridden(null, text, machineOf([], 8));
    expect(ram).toEqual({ totalBytes, availableBytes: null, source: "given" });
    expect(notes.filter((note) => note.includes("read as"))).toEqual(reading === null ? [] : [reading]);
  });

  test("without a base and without a word of it, it is unknown", () => {
    const { ram, notes, processor, os } = overridden(["RTX 4090"]);
    expect(ram.totalBytes).toBeNull();
    expect(notes.at(-1)).toBe("RAM: unknown, none was given.");
    expect([processor.name, os.platform]).toEqual([null, null]);
  });

  test("the accelerators of the machine stay", () => {
    const base = machineOf([namedCard("RTX 4090")], 32);
    expect(overridden(null, "64GiB", base).accelerators).toEqual(base.accelerators);
  });

  test("an Apple GPU has what RAM is given, and no limit that was set for another size", () => {
    const gpu = unifiedGpu("apple", gibToBytes(32), { workingSetLimitBytes: gibToBytes(28) });
    const [accelerator] = overridden(null, "192GiB", machineOf([gpu], 32)).accelerators;
    expect(accelerator?.memoryTotalBytes).toBe(gibToBytes(192));
    expect(accelerator?.details?.workingSetLimitBytes).toBeNull();
  });

  test("a GPU with a part of the RAM keeps its part", () => {
    const gpu = unifiedGpu("amd", gibToBytes(16));
    const [accelerator] = overridden(null, "64GiB", machineOf([gpu], 32)).accelerators;
    expect(accelerator?.memoryTotalBytes).toBe(gibToBytes(16));
  });
});

describe("unified memory is the computer's RAM", () => {
  test.each([
    { gpus: ["M2 Ultra@192GiB"], ram: null, name: "Apple M2 Ultra", gib: 192, ramGib: 192 },
    { gpus: ["M2 Ultra"], ram: "192GiB", name: "Apple M2 Ultra", gib: 192, ramGib: 192 },
    { gpus: ["M1 Max 64GB"], ram: null, name: "Apple M1 Max", gib: 64, ramGib: 64 },
    { gpus: ["M3 Max 40-core@128GiB"], ram: null, name: "Apple M3 Max (40-core GPU)", gib: 128, ramGib: 128 },
    { gpus: ["M4 Max@64GiB"], ram: "64GiB", name: "Apple M4 Max", gib: 64, ramGib: 64 },
    { gpus: ["GB10"], ram: null, name: "NVIDIA GB10", gib: 119.62890625, ramGib: 119.62890625 },
    { gpus: ["GB10"], ram: "64GiB", name: "NVIDIA GB10", gib: 64, ramGib: 64 },
    { gpus: ["Strix Halo"], ram: "128GiB", name: "Strix Halo", gib: 64, ramGib: 128 },
    { gpus: ["Radeon 8060S@96GiB"], ram: "128GiB", name: "AMD Radeon 8060S", gib: 96, ramGib: 128 },
    { gpus: ["Radeon 780M"], ram: "32GiB", name: "AMD Radeon 780M", gib: 16, ramGib: 32 },
  ])("$gpus with RAM of $ram", ({ gpus, ram, name, gib, ramGib }) => {
    const machine = overridden(gpus, ram, machineOf([namedCard("RTX 4090")], 16));
    expect(machine.accelerators).toMatchObject([
      { id: "override-1", name, memoryKind: "unified", memoryTotalBytes: gibToBytes(gib) },
    ]);
    expect(machine.ram.totalBytes).toBe(gibToBytes(ramGib));
  });

  test.each([
    { platform: "linux", why: /Linux lets a GPU map half of the RAM unless ttm\.pages_limit is set/ },
    { platform: "win32", why: /Windows lets a GPU have half of the RAM unless/ },
    { platform: null, why: /Linux and Windows both let a GPU have half of the RAM/ },
  ])("half of the RAM of a Ryzen on $platform is explained", ({ platform, why }) => {
    const base = machineOf([], 16);
    const here = { ...base, os: { ...base.os, platform } };
    const { notes } = overridden(["Ryzen AI Max+ 395"], "128GiB", here);
    expect(notes.filter((note) => why.test(note))).toHaveLength(1);
    expect(overridden(["GB10"], "64GiB", here).notes.join(" ")).not.toMatch(/half/);
    expect(overridden(["Radeon 8060S@96GiB"], "128GiB", here).notes.join(" ")).not.toMatch(/half/);
  });

  test("the chip brings its processor, and Apple's its system", () => {
    const base = { ...machineOf([], 16), os: { ...machineOf([], 16).os, platform: "linux" } };
    const mac = overridden(["M2 Ultra@192GiB"], null, base);
    expect([mac.processor.name, mac.os.platform]).toEqual(["Apple M2 Ultra", "darwin"]);
    const spark = overridden(["GB10"], null, base);
    expect([spark.processor.name, spark.os.platform]).toEqual([null, "linux"]);
  });

  test("beside it, cards with memory of their own", () => {
    const machine = overridden(["Radeon 780M", "RTX 4090"], "32GiB");
    expect(machine.accelerators.map(({ memoryKind }) => memoryKind)).toEqual(["unified", "dedicated"]);
  });
});

test("a card of its own memory whose size nobody states is asked for it", () => {
  const unsized = cards.map((card) =>
    card.id === "gb300" ? { ...card, memoryBytes: { missing: "nobody says" } } : card,
  );
  expect(overrideMachine(null, { gpus: ["GB300"], ram: null }, unsized)).toMatchObject({
    kind: "failed",
    message: expect.stringMatching(
      /memory of the NVIDIA GB300 is not known: add it, as in "NVIDIA GB300@16GiB"/,
    ) as string,
  });
});

describe("what cannot be read is refused by name, with what to do", () => {
  test.each<[readonly string[] | null, string | null, RegExp]>([
    [["RTX 4O90"], null, /^The card database has no "RTX 4O90" .*"GPU@24GiB"\)\.$/],
    [[""], null, /^"" names no accelerator; write it like "2x RTX 3090"/],
    [["   "], null, /names no accelerator/],
    [["@24GiB"], null, /names no accelerator/],
    [["2x"], null, /names no accelerator|has no "2x"/],
    [["GPU"], null, /names no card and no memory/],
    [["0x RTX 3090"], null, /asks for none/],
    [["65x RTX 3090"], null, /more than 64 cards/],
    [["99999999999999999999x RTX 3090"], null, /more than 64 cards/],
    [["-1x RTX 3090"], null, /has no "-1x RTX 3090"/],
    [["RTX 4090@"], null, /^RTX 4090: "" is not a memory size; write it like 64GiB/],
    [["RTX 4090@0GiB"], null, /no memory at all/],
    [["RTX 4090@-5GiB"], null, /not a memory size/],
    [["RTX 4090@17TiB"], null, /more than 16 TiB/],
    [["RTX 4090@1e3GiB"], null, /not a memory size/],
    [["RTX 4090@lots"], null, /"lots" is not a memory size/],
    [
      ["RTX 4060 Ti"],
      null,
      /may be NVIDIA GeForce RTX 4060 Ti 16GB or NVIDIA GeForce RTX 4060 Ti 8GB: name one/,
    ],
    [["A100"], null, /"A100" may be .*A100-SXM4-80GB.*: name one of them, or its memory/],
    [["M2 Ultra"], null, /Apple M2 Ultra is the computer's RAM: give its size, as in "Apple M2 Ultra@64GiB"/],
    [["2x M2 Ultra"], "64GiB", /one GPU with unified memory/],
    [["GB10", "M4"], "64GiB", /one GPU with unified memory/],
    [["M2 Ultra@192GiB"], "64GiB", /192 GiB and 64 GiB of RAM contradict each other/],
    [["Radeon 8060S@96GiB"], "64GiB", /contradict each other/],
    [["RTX 4090"], "0", /^RAM: "0" is no memory at all/],
    [null, "-64GiB", /^RAM: "-64GiB" is not a memory size/],
    [null, "lots", /^RAM: "lots" is not a memory size/],
    [null, "", /^RAM: "" is not a memory size/],
    [null, "100TiB", /^RAM: .*more than 16 TiB/],
    [null, "64 Gbit", /not a memory size/],
    [null, "64,5GiB", /not a memory size/],
    [null, "NaN", /not a memory size/],
    [null, "constructor", /not a memory size/],
    [null, "1constructor", /not a memory size/],
  ])("%j with RAM of %j", (gpus, ram, message) => {
    expect(refusal(gpus, ram).message).toMatch(message);
  });

  test("only a name that no card has is told for a search of the nearest", () => {
    expect(refusal(["RTX 3090", "RTX 4O90@20GiB"]).unknownCard).toBe("RTX 4O90");
    expect(refusal(["RTX 4060 Ti"]).unknownCard).toBeNull();
    expect(refusal(["RTX 4090@lots"]).unknownCard).toBeNull();
  });
});

test("the base is not changed", () => {
  const base = machineOf([cardOf("a card", gibToBytes(8))], 16);
  const before = JSON.stringify(base);
  overridden(["M2 Ultra@64GiB"], "64GiB", base);
  expect(JSON.stringify(base)).toBe(before);
});
