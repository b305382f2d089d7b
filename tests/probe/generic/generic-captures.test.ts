import { describe, expect, test } from "vitest";
import { bytesToGib } from "#engine/units.ts";
import { parseClinfo } from "#probe/generic/clinfo.ts";
import { parseLspci } from "#probe/generic/lspci.ts";
import { parseVulkaninfo } from "#probe/generic/vulkaninfo.ts";
import { allCaptures, captureText, capturesOf, HAS_CAPTURES } from "../captures.ts";

describe.skipIf(!HAS_CAPTURES)("captured lspci", () => {
  test.each(allCaptures().filter(({ path }) => path.startsWith("lspci/")))(
    "$path: $gpuCount ($names)",
    ({ path, gpuCount }) => {
      const devices = parseLspci(captureText(path));
      expect(devices.filter(({ setAside }) => setAside === null).length).toBe(gpuCount);
    },
  );

  test.each([
    [
      "nn-tigerlake-gtx1650-domains.txt",
      ["Intel Iris Xe Graphics", "NVIDIA GeForce GTX 1650 Mobile / Max-Q"],
    ],
    ["2x-h100l-aspeed-supermicro.txt", ["NVIDIA H100L 94GB", "NVIDIA H100L 94GB"]],
    ["gb10-nvidia-devices.txt", [null]],
    ["vvv-2x-p100-matrox.txt", ["NVIDIA Tesla P100 PCIe 12GB", "NVIDIA Tesla P100 PCIe 12GB"]],
    ["alderlake-plus-arc-a770.txt", ["Intel AlderLake-S GT1", "Intel Arc A770"]],
    ["v-cirrus-grid-k520-aws-g2.txt", ["NVIDIA GRID K520"]],
  ])("%s: %j", (file, names) => {
    const devices = parseLspci(captureText(`lspci/${file}`)).filter(({ setAside }) => setAside === null);
    expect(devices.map(({ name }) => name)).toEqual(names);
  });

  test("a card the list does not know is known by the id in its place", () => {
    const [gb10] = parseLspci(captureText("lspci/gb10-nvidia-devices.txt"));
    expect(gb10).toMatchObject({ vendor: "nvidia", pciDeviceId: "10de:2963" });
  });
});

describe.skipIf(!HAS_CAPTURES)("captured vulkaninfo", () => {
  test.each(capturesOf("vulkaninfo"))("$path: $gpuCount ($names)", ({ path, gpuCount }) => {
    expect(parseVulkaninfo(captureText(path)).length).toBe(gpuCount);
  });

  test.each([
    ["quadro-k620-vulkan11.txt", ["Quadro K620"], [2]],
    ["rtx2050-amd-apu-windows.txt", ["NVIDIA GeForce RTX 2050", "AMD Radeon(TM) Graphics"], [3.87, null]],
    ["rx470-radv-plus-llvmpipe.txt", ["AMD Radeon RX 470 Graphics"], [4]],
    ["rx6600-windows.txt", ["AMD Radeon RX 6600"], [7.98]],
  ])("%s: %j with %j GiB", (file, names, gib) => {
    const devices = parseVulkaninfo(captureText(`vulkaninfo/${file}`));
    expect(devices.map(({ facts }) => facts.name)).toEqual(names);
    expect(
      devices.map(({ facts: { memoryTotalBytes } }) =>
        memoryTotalBytes === null ? null : Math.round(bytesToGib(memoryTotalBytes) * 100) / 100,
      ),
    ).toEqual(gib);
  });
});

describe.skipIf(!HAS_CAPTURES)("captured clinfo", () => {
  test.each([
    ["apple-m4-pro.txt", "Apple M4 Pro", "apple"],
    ["orangepi5-mali.txt", "Mali-LODX r0p0", "other"],
  ])("%s: %s, whose OpenCL limit is not taken for memory", (file, name, vendor) => {
    expect(parseClinfo(captureText(`clinfo/${file}`))).toMatchObject([
      { vendor, facts: { name, memoryKind: "unified", memoryTotalBytes: null } },
    ]);
  });
});
