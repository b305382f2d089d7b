import { describe, expect, test } from "vitest";
import { checkSpeedFile } from "#catalog/speed-schema.ts";
import type { SpeedConstants } from "#engine/speed/speed-constants.ts";
import { SHIPPED_SPEED } from "../engine/speed/shipped.ts";

/** The shipped file with something changed. */
function changed(change: (constants: SpeedConstants) => object): unknown {
  return { ...SHIPPED_SPEED, ...change(SHIPPED_SPEED) };
}

describe("the constants of speeds", () => {
  test("what ships passes, and comes back as it is", () => {
    const checked = checkSpeedFile("speed.json", SHIPPED_SPEED);
    expect(checked).toEqual({ kind: "ok", constants: SHIPPED_SPEED });
  });

  test.each<[string, (constants: SpeedConstants) => object, string]>([
    ["an unknown version", () => ({ schemaVersion: 2 }), "schemaVersion"],
    ["no class of accelerators", () => ({ accelerators: [] }), "accelerators"],
    [
      "more than the bandwidth",
      ({ accelerators }) => ({
        accelerators: accelerators.map((of) => ({
          ...of,
          decode: { ...of.decode, bandwidthEfficiency: 1.01 },
        })),
      }),
      "accelerators[0].decode.bandwidthEfficiency",
    ],
    [
      "a back end nobody knows",
      ({ accelerators }) => ({ accelerators: accelerators.map((of) => ({ ...of, backend: "directml" })) }),
      "accelerators[0].backend",
    ],
    ["a fact too many", () => ({ guess: 1 }), "guess"],
    [
      "a spread too few",
      ({ spreads }) => ({ spreads: spreads.slice(1).filter(({ part }) => part !== "assumed-ram") }),
      "spreads",
    ],
    [
      "an interval without its middle",
      ({ spreads }) => ({ spreads: spreads.map((spread) => ({ ...spread, slow: 0.9 })) }),
      "spreads[0].slow",
    ],
  ])("%s is a problem", (_case, change, path) => {
    const checked = checkSpeedFile("speed.json", changed(change));
    expect(checked.kind === "failed" ? checked.problems.map((problem) => problem.path) : []).toContain(path);
  });

  test("every back end has constants for any maker, every maker for its own back end", () => {
    const has = (vendor: string | null, backend: string): boolean =>
      SHIPPED_SPEED.accelerators.some(
        (of) => of.vendor === vendor && of.generation === null && of.backend === backend,
      );
    for (const backend of ["cuda", "rocm", "vulkan", "metal", "sycl"]) expect(has(null, backend)).toBe(true);
    expect([has("nvidia", "cuda"), has("amd", "rocm"), has("intel", "sycl"), has("apple", "metal")]).toEqual(
      Array.from({ length: 4 }, () => true),
    );
  });
});
