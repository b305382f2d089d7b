import { expect, test } from "vitest";
import { electronRun, readGpuInfo } from "#probe/electron.ts";

test.each([
  [{ gpuDevice: [{ active: true, vendorId: 4318, deviceId: 9860 }] }, [["nvidia", "10de:2684"]]],
  [
    {
      gpuDevice: [
        { vendorId: 32902, deviceId: 42880 },
        { vendorId: 4098, deviceId: 29772 },
      ],
    },
    [
      ["intel", "8086:a780"],
      ["amd", "1002:744c"],
    ],
  ],
  [{ gpuDevice: [{ vendorId: 4203, deviceId: 0 }] }, [["apple", null]]],
  [{ gpuDevice: [{ vendorId: 0, deviceId: 0 }] }, []],
  [{ gpuDevice: [{ vendorId: 0x1ae0, deviceId: 0xc0de }] }, []],
  [{}, []],
  [null, []],
])("%j", (info, expected) => {
  const { devices } = readGpuInfo(info).reading;
  expect(devices.map(({ vendor, facts }) => [vendor, facts.pciDeviceId])).toEqual(expected);
});

test("a Chromium without a GPU process is no failure", async () => {
  const { outcome } = await electronRun(Promise.reject(new Error("GPU access not allowed")));
  expect(outcome.status).toBe("absent");
});
