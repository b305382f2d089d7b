import { describe, expect, test } from "vitest";
import { withBandwidths } from "#engine/card-bandwidth.ts";
import { estimateFit } from "#engine/estimate.ts";
import type { MachineReport } from "#engine/machine.ts";
import { overrideMachine } from "#engine/machine-override.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { SHIPPED, shippedModel } from "../catalog/shipped.ts";
import { VLLM } from "../fixtures/runtimes.ts";

function machineWith(...gpus: readonly string[]): MachineReport {
  const overridden = overrideMachine(null, { gpus, ram: "64GiB" }, SHIPPED.cards);
  if (overridden.kind === "failed") throw new Error(overridden.message);
  return withBandwidths(overridden.machine, SHIPPED.cards);
}

function namesUsed(id: string, machine: MachineReport, scenario = DEFAULT_SCENARIO): readonly string[] {
  const { placement } = estimateFit(shippedModel(id), machine, scenario, "Q4_K_M");
  return placement.devices
    .filter(({ memoryKind }) => memoryKind === "dedicated")
    .map(({ name }) => name.replace(/^NVIDIA GeForce /, ""));
}

describe("of unlike cards", () => {
  test("a model that either holds is on the faster one, though the other has more memory", () => {
    // 1,792 GB/s with 32 GB against 864 GB/s with 48
    const machine = machineWith("L40S", "RTX 5090");
    expect(namesUsed("llama-3.1-8b", machine)).toEqual(["RTX 5090"]);
  });

  test("one that only the larger holds is there", () => {
    expect(namesUsed("llama-3.3-70b", machineWith("L40S", "RTX 5090"))).toEqual(["NVIDIA L40S"]);
  });

  test("a split leaves the slow one out where the fast ones hold it, and begins with the fastest", () => {
    const machine = machineWith("Tesla P40", "RTX 3090", "RTX 4090");
    expect(namesUsed("llama-3.3-70b", machine)).toEqual(["RTX 4090", "RTX 3090"]);
  });

  test("where the fast ones do not, it takes the larger", () => {
    const machine = machineWith("RTX 3060", "RTX 4090", "Tesla P40");
    expect(namesUsed("llama-3.3-70b", machine)).toEqual(["RTX 4090", "Tesla P40"]);
  });

  test("a server's one card is the faster, too", () => {
    const fit = estimateFit(shippedModel("llama-3.1-8b"), machineWith("L40S", "RTX 5090"), {
      ...DEFAULT_SCENARIO,
      runtime: VLLM,
    });
    expect(fit.placement.devices.map(({ name }) => name)).toEqual(["NVIDIA GeForce RTX 5090"]);
  });
});

test("a card that the database does not know stays without a bandwidth, and after the others", () => {
  const machine = machineWith("GPU@24GiB", "RTX 3060");
  expect(machine.accelerators.map((one) => one.memoryBandwidthBytesPerSecond)).toEqual([undefined, 360e9]);
  expect(namesUsed("llama-3.1-8b", machine)).toEqual(["RTX 3060"]);
});
