import { expect, test } from "vitest";
import {
  bytesToGb,
  bytesToGib,
  bytesToMib,
  gbToBytes,
  gibToBytes,
  kibToBytes,
  mibToBytes,
} from "#engine/units.ts";

test.each([
  ["KiB", kibToBytes(1), 1024],
  ["MiB", mibToBytes(24_564), 25_757_220_864], // an RTX 4090 by nvidia-smi
  ["GiB", gibToBytes(24), 25_769_803_776],
  ["a part of a GiB, in whole bytes", gibToBytes(1.1), 1_181_116_006],
  ["decimal GB", gbToBytes(24), 24_000_000_000],
])("%s to bytes", (_unit, bytes, expected) => {
  expect(bytes).toBe(expected);
});

test.each([
  ["MiB", bytesToMib(1_073_741_824), 1024],
  ["GiB", bytesToGib(1_073_741_824), 1],
  ["decimal GB", bytesToGb(4_920_000_000), 4.92],
])("bytes to %s", (_unit, value, expected) => {
  expect(value).toBe(expected);
});
