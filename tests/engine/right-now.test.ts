import { expect, test } from "vitest";
import type { Accelerator } from "#engine/machine.ts";
import { estimateRightNow, machineRightNow, notFreeNow } from "#engine/right-now.ts";
import { estimateFit } from "#engine/estimate.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { gibToBytes } from "#engine/units.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";

function busyCard(freeGiB: number | null): Accelerator {
  return { ...namedCard("RTX 4090"), memoryFreeBytes: freeGiB === null ? null : gibToBytes(freeGiB) };
}

test("what is free now is less than what there is: the verdict falls and what must be freed is named", () => {
  const machine = machineOf([busyCard(10)], 64);
  const { fit, toFree } = estimateRightNow(fixtureModel("llama-3-8b"), machine, DEFAULT_SCENARIO);
  expect(fit.verdict.kind).toBe("needs-quantization");
  const usedBytes = 16_061_054_976 - 128_256 * 4096 * 2 + 1_073_741_824 + (264.5 + 456) * 1024 ** 2;
  expect(toFree).toEqual([
    { deviceName: "RTX 4090", acceleratorId: "card-0", bytes: usedBytes - gibToBytes(10) },
  ]);
});

test("an idle card needs nothing freed", () => {
  const machine = machineOf([busyCard(23)], 64);
  const { fit, toFree } = estimateRightNow(fixtureModel("llama-3-8b"), machine, DEFAULT_SCENARIO);
  expect([fit.verdict.kind, toFree]).toEqual(["fits", []]);
});

test("a device that does not say is taken to be idle, and said so", () => {
  const { fit, unknown } = estimateRightNow(
    fixtureModel("llama-3-8b"),
    machineOf([busyCard(null)], 64),
    DEFAULT_SCENARIO,
  );
  expect(fit.verdict.kind).toBe("fits");
  expect(unknown).toEqual([
    "How much memory of RTX 4090 is free is not known; it is taken to be idle.",
    "How much RAM is free is not known; it is taken to be idle.",
  ]);
});

test("RAM counts as far as it is available", () => {
  const machine = machineOf([], 64);
  const busy = { ...machine, ram: { ...machine.ram, availableBytes: gibToBytes(12) } };
  expect(machineRightNow(busy).ram.totalBytes).toBe(gibToBytes(12));
});

test("a placement says what it needs where less is free, once for cards of one name, and nothing where nobody says", () => {
  const model = fixtureModel("llama-3-8b");
  const { placement } = estimateFit(model, machineOf([busyCard(10)], 64), DEFAULT_SCENARIO);
  const [device] = placement.devices;
  if (device === undefined) throw new Error("placed nowhere");
  const needed = { deviceName: "RTX 4090", neededBytes: device.usedBytes };
  const on = (...cards: readonly Accelerator[]) => notFreeNow(placement, machineOf(cards, 64));
  expect(on(busyCard(10))).toEqual([{ ...needed, freeBytes: gibToBytes(10) }]);
  expect(on(busyCard(23))).toEqual([]);
  expect(on(busyCard(null))).toEqual([]);
  const twice = { ...placement, devices: [device, { ...device, acceleratorId: "card-1" }] };
  expect(notFreeNow(twice, machineOf([busyCard(10), busyCard(4)], 64))).toEqual([
    { ...needed, freeBytes: gibToBytes(4) },
  ]);
});

test("what is placed in the memory that is free now needs no more than that", () => {
  const machine = machineOf([busyCard(10)], 64);
  const { fit } = estimateRightNow(fixtureModel("llama-3-8b"), machine, DEFAULT_SCENARIO);
  expect(notFreeNow(fit.placement, machine)).toEqual([]);
});
