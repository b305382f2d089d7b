import { describe, expect, test } from "vitest";
import { type HardwareChange, NO_CHANGE } from "../../src/engine/changed-machine.ts";
import { type AroundHardware, ChangedHardware } from "../../src/renderer/machine/changed-hardware.svelte.ts";
import type { PageStorage } from "../../src/renderer/machine/held-machine.ts";
import type { Answer, Api, PageSettings } from "../../src/shared/ipc.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";

const MACHINE = machineOf([namedCard("RTX 4090")], 32);
const TWO_MORE: HardwareChange = { ...NO_CHANGE, added: ["2x RTX 3090"], ram: "64GiB" };
const GONE: HardwareChange = { ...NO_CHANGE, added: ["RTX 9999 Never"], ram: "64GiB" };

interface Around extends AroundHardware {
  catalog: AroundHardware["catalog"];
  detectedMachine: AroundHardware["detectedMachine"];
  reading: AroundHardware["reading"];
  profile: AroundHardware["profile"];
}

/** A window whose settings hold this, with catalog and machine there unless a test says otherwise. */
function windowWith(
  hardware: PageSettings["hardware"],
  change: Partial<Around> = {},
  storage: PageStorage | null = null,
) {
  const around: Around = {
    catalog: SHIPPED,
    detectedMachine: MACHINE,
    reading: { lastReadAt: null },
    profile: null,
    bug: null,
    ...change,
  };
  const written: unknown[] = [];
  const api = {
    readSettings: () => Promise.resolve({ kind: "ok", value: { scenario: null, hardware, notice: null } }),
    keepHardware: (kept: unknown): Promise<Answer<null>> => {
      written.push(kept);
      return Promise.resolve({ kind: "failed", message: "The disk is full." });
    },
  } as unknown as Api; // the two methods that are called
  const ask = <Value>(call: (to: Api) => Promise<Answer<Value>>): Promise<Answer<Value>> => call(api);
  return { around, written, hardware: new ChangedHardware(around, ask, storage) };
}

/** As a page's own, with room for so many characters. */
function storageFor(characters = Infinity): PageStorage {
  const items = new Map<string, string>();
  return {
    getItem: (name) => items.get(name) ?? null,
    removeItem: (name) => void items.delete(name),
    setItem: (name, text) => {
      if (text.length > characters) throw new Error("QuotaExceededError");
      items.set(name, text);
    },
  };
}

test("what a person changed is there again, said to be of last time, and put back by one call", async () => {
  const { hardware } = windowWith(TWO_MORE);
  expect(hardware.kept).toBeUndefined();
  await hardware.restore();
  expect(hardware.madeOf(MACHINE).accelerators).toHaveLength(3);
  expect([hardware.change, hardware.isFromLastTime, hardware.notice]).toEqual([TWO_MORE, true, null]);
  expect(hardware.kept).toEqual(TWO_MORE);
  expect(hardware.take({ ...TWO_MORE, ram: "128GiB" })).toBeNull();
  expect(hardware.isFromLastTime).toBe(false);
  hardware.putBack();
  expect([hardware.madeOf(MACHINE), hardware.kept]).toEqual([MACHINE, null]);
});

test("it waits for the machine and the catalog, and is not forgotten meanwhile", async () => {
  const { around, hardware } = windowWith(TWO_MORE, { catalog: null, detectedMachine: null });
  await hardware.restore();
  around.detectedMachine = MACHINE;
  hardware.settle();
  expect([hardware.change, hardware.kept]).toEqual([NO_CHANGE, undefined]);
  around.catalog = SHIPPED;
  hardware.settle();
  expect(hardware.change).toEqual(TWO_MORE);
});

test("a card that the catalog no longer has drops it, with the reason", async () => {
  const { hardware } = windowWith(GONE);
  await hardware.restore();
  expect(hardware.change).toEqual(NO_CHANGE);
  expect(hardware.notice).toMatch(/do not hold any more and were put back: .*RTX 9999 Never/);
  expect(hardware.kept).toBeNull();
  expect(hardware.take(TWO_MORE)).toBeNull();
  expect(hardware.notice).toBeNull();
});

test("the machine of last time drops nothing; this run's does", async () => {
  const freed = { ...NO_CHANGE, freeById: { "card-0": "20GiB" } };
  const small = machineOf([namedCard("RTX 3070")], 32);
  const { around, hardware } = windowWith(freed, {
    detectedMachine: small,
    reading: { lastReadAt: "2026-11-01T12:00:00.000Z" },
  });
  await hardware.restore();
  expect([hardware.change, hardware.notice, hardware.kept]).toEqual([NO_CHANGE, null, undefined]);
  around.reading = { lastReadAt: null };
  hardware.settle();
  expect([hardware.change, hardware.kept]).toEqual([NO_CHANGE, null]);
  expect(hardware.notice).toContain("cannot be free");
});

test("a change that another detection makes senseless is put back, and said to be", () => {
  const { around, hardware } = windowWith(null);
  expect(hardware.take({ ...NO_CHANGE, freeById: { "card-0": "20GiB" } })).toBeNull();
  around.detectedMachine = machineOf([namedCard("RTX 3070")], 32);
  hardware.settle();
  expect(hardware.change).toEqual(NO_CHANGE);
  expect(hardware.notice).toContain("put back");
});

test("garbled settings are said to be, and forgotten", async () => {
  const { hardware } = windowWith("unreadable");
  await hardware.restore();
  expect([hardware.change, hardware.kept]).toEqual([NO_CHANGE, null]);
  expect(hardware.notice).toBe("Your changes to the hardware could not be read again; it is as detected.");
});

test("a person who is faster than the settings keeps their own change", async () => {
  const { hardware } = windowWith(TWO_MORE);
  const own = { ...NO_CHANGE, ram: "16GiB" };
  hardware.take(own);
  await hardware.restore();
  expect([hardware.change, hardware.isFromLastTime, hardware.kept]).toEqual([own, false, own]);
});

test("of a machine from a file nothing is kept, and what was kept of this one stays", async () => {
  const { hardware } = windowWith(TWO_MORE, { profile: { name: "server.json", machine: MACHINE } });
  await hardware.restore();
  hardware.take({ ...NO_CHANGE, ram: "16GiB" });
  expect(hardware.kept).toBeUndefined();
});

test("where it cannot be kept, that is said", async () => {
  const { around, written, hardware } = windowWith(null);
  await hardware.keep(TWO_MORE);
  expect([written, around.bug]).toEqual([[TWO_MORE], "The disk is full."]);
});

test("what is free now is not kept for another day, and is there when the page is loaded again", async () => {
  const storage = storageFor();
  const freed = { ...TWO_MORE, freeById: { "card-0": "20GiB" } };
  const first = windowWith(null, {}, storage);
  await first.hardware.restore();
  expect(first.hardware.take(freed)).toBeNull();
  expect(first.hardware.kept).toEqual(TWO_MORE);
  first.hardware.hold();
  const second = windowWith(TWO_MORE, {}, storage);
  await second.hardware.restore();
  expect([second.hardware.change, second.hardware.isFromLastTime]).toEqual([freed, false]);
  second.hardware.take({ ...NO_CHANGE, freeById: { "card-0": "20GiB" } });
  expect(second.hardware.kept).toBeNull();
});

describe("a machine from a file", () => {
  const profile = { name: "server.fitment", machine: machineOf([namedCard("RTX 3070")], 16) };
  const MORE: HardwareChange = { ...NO_CHANGE, ram: "128GiB" };

  test("is there again with its changes when the page is loaded anew, until it is put back", async () => {
    const storage = storageFor();
    const first = windowWith(TWO_MORE, { profile }, storage);
    await first.hardware.restore();
    first.hardware.take(MORE);
    first.hardware.hold();

    const second = windowWith(TWO_MORE, {}, storage);
    second.hardware.hold(); // the page is drawn before the settings are read
    await second.hardware.restore();
    expect([second.around.profile, second.hardware.change]).toEqual([profile, MORE]);
    second.around.profile = null;
    second.hardware.putBack();
    second.hardware.hold();

    const third = windowWith(null, {}, storage);
    await third.hardware.restore();
    expect([third.around.profile, third.hardware.change]).toEqual([null, NO_CHANGE]);
  });

  test("that was just opened stands before one that was held", async () => {
    const storage = storageFor();
    const opened = { ...profile, name: "other.fitment" };
    windowWith(null, { profile }, storage).hardware.hold();
    const { around, hardware } = windowWith(null, { profile: opened }, storage);
    await hardware.restore();
    expect(around.profile).toBe(opened);
  });

  test("that is too large to be held is not, nor is an older one", () => {
    const storage = storageFor(10);
    windowWith(null, { profile }, storage).hardware.hold();
    expect(storage.getItem("machine")).toBeNull();
  });
});
