import { expect, test } from "vitest";
import {
  formatBandwidth,
  formatContext,
  formatContextShort,
  formatFileSize,
  formatFlops,
  formatMemory,
  formatMemoryInSum,
  formatMoment,
  formatMomentFor,
  formatParameterCount,
} from "../../src/shared/format.ts";

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

test.each([
  [0, "0 MiB"],
  [1, "under 1 MiB"],
  [0.4 * MIB, "under 1 MiB"],
  [MIB, "1 MiB"],
  [812 * MIB, "812 MiB"],
  [1023 * MIB, "1023 MiB"],
  [1023.4 * MIB, "1023 MiB"],
  [1023.6 * MIB, "1.0 GiB"],
  [GIB - 1, "1.0 GiB"],
  [GIB, "1.0 GiB"],
  [23.54 * GIB, "23.5 GiB"],
  [24_564 * MIB, "24.0 GiB"],
  [81_559 * MIB, "79.6 GiB"],
  [2048 * GIB, "2,048.0 GiB"],
])("%d bytes of memory are %s", (bytes, text) => {
  expect(formatMemory(bytes)).toBe(text);
});

test.each([
  [4_920_000_000, "4.9 GB"],
  [24 * GIB, "25.8 GB"],
  [141_107_000_000, "141.1 GB"],
])("a file of %d bytes is %s", (bytes, text) => {
  expect(formatFileSize(bytes)).toBe(text);
});

test.each([
  [134_515_008, "135 M"],
  [494_032_768, "494 M"],
  [999_400_000, "999 M"],
  [999_600_000, "1.00 B"],
  [1_100_048_384, "1.10 B"],
  [8_030_261_248, "8.03 B"],
  [9_994_000_000, "9.99 B"],
  [9_996_000_000, "10.0 B"],
  [70_553_706_496, "70.6 B"],
  [99_940_000_000, "99.9 B"],
  [99_960_000_000, "100 B"],
  [176_247_271_424, "176 B"],
  [999_400_000_000, "999 B"],
  [999_600_000_000, "1.00 T"],
  [1_026_470_731_056, "1.03 T"],
  [2_446_200_000_000, "2.45 T"],
  [7_000_000_000, "7 B"],
  [6_900_000_000, "6.9 B"],
  [30_000_000_000, "30 B"],
  [22_200_000_000, "22.2 B"],
  [671_000_000_000, "671 B"],
  [1_000_000_000_000, "1 T"],
  [1_600_000_000_000, "1.6 T"],
  [7_000_000_123, "7.00 B"],
])("%d parameters are %s", (count, text) => {
  expect(formatParameterCount(count)).toBe(text);
});

test.each([
  [1, "1 token"],
  [512, "512 tokens"],
  [8192, "8,192 tokens"],
  [131_072, "131,072 tokens"],
  [10_485_760, "10,485,760 tokens"],
])("a context of %d is %s", (count, text) => {
  expect(formatContext(count)).toBe(text);
});

test.each([
  [512, "512"],
  [1024, "1K"],
  [8192, "8K"],
  [10_000, "10,000"],
  [40_960, "40K"],
  [131_072, "128K"],
  [202_752, "198K"],
  [1_048_576, "1M"],
  [1_572_864, "1536K"],
  [10_485_760, "10M"],
])("a context of %d is %s in short", (count, text) => {
  expect(formatContextShort(count)).toBe(text);
});

test.each([
  [51_200_000_000, "51 GB/s"],
  [1_008_000_000_000, "1008 GB/s"],
])("%d bytes a second are %s", (bytesPerSecond, text) => {
  expect(formatBandwidth(bytesPerSecond)).toBe(text);
});

test.each([
  [24_564 * MIB, "23.99 GiB"],
  [436 * MIB, "0.43 GiB"],
  [0, "0.00 GiB"],
])("%d bytes in a sum: %s", (bytes, text) => {
  expect(formatMemoryInSum(bytes)).toBe(text);
});

test.each([
  [165.2e12, "165 TFLOPS"],
  [99.94e12, "99.9 TFLOPS"],
  [99.96e12, "100 TFLOPS"],
  [5.73e12, "5.7 TFLOPS"],
])("%d operations a second: %s", (flops, text) => {
  expect(formatFlops(flops)).toBe(text);
});

test("a moment is told in this computer's own time, and what is none stays as it is", () => {
  expect(formatMoment(new Date(2026, 10, 25, 14, 3, 5).toISOString())).toBe("2026-11-25 14:03:05");
  expect(formatMoment("some time")).toBe("some time");
});

test.each([
  { at: new Date(2026, 10, 25, 23, 59, 0), text: "14:03:05" },
  { at: new Date(2026, 10, 26, 0, 1, 0), text: "2026-11-25 14:03:05" },
])("to a reader at $at it is $text", ({ at, text }) => {
  const moment = new Date(2026, 10, 25, 14, 3, 5).toISOString();
  expect(formatMomentFor(moment, at.toISOString())).toBe(text);
});
