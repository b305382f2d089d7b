import { expect, test } from "vitest";
import { type HardwareChange, NO_CHANGE } from "../../src/engine/changed-machine.ts";
import { type AroundHardware, ChangedHardware } from "../../src/renderer/machine/changed-hardware.svelte.ts";
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
function windowWith(hardware: PageSettings["hardware"], change: Partial<Around> = {}) {
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
  return { around, written, hardware: new ChangedHardware(around, (call) => call(api)) };
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
