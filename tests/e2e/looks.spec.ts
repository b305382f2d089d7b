import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { fakeGpu, type FakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";
import { scrollToModel } from "./model-list.ts";
import { pretend } from "./pretended-machine.ts";

/** Pictures of the window on several machines, to be looked at; the first two are the README's. */
const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

interface Look {
  readonly name: string;
  readonly gpus: readonly FakeGpu[];
  readonly processorName?: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
  readonly opened?: string;
}

const DESKTOP = { processorName: "AMD Ryzen 9 7950X 16-Core Processor", coreCount: 16, ramMiB: 64_000 };

const RTX_4090 = fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 1340);
const RTX_3060 = fakeGpu(1, "NVIDIA GeForce RTX 3060", 12288, 210);
const EIGHT_H100 = Array.from({ length: 8 }, (_, index) => fakeGpu(index, "NVIDIA H100 80GB HBM3", 81559, 4));

const LOOKS: readonly Look[] = [
  { name: "readme", gpus: [RTX_4090, RTX_3060], width: 1200, height: 1100, scheme: "light" },
  { name: "readme-dark", gpus: [RTX_4090, RTX_3060], width: 1200, height: 1100, scheme: "dark" },
  {
    name: "breakdown",
    gpus: [RTX_4090, RTX_3060],
    width: 1400,
    height: 900,
    scheme: "light",
    opened: "mixtral-8x7b",
  },
  {
    name: "breakdown-dark",
    gpus: [RTX_4090, RTX_3060],
    width: 1400,
    height: 900,
    scheme: "dark",
    opened: "deepseek-v3",
  },
  { name: "narrow", gpus: [RTX_4090], width: 720, height: 900, scheme: "light" },
  { name: "narrow-breakdown", gpus: [RTX_4090], width: 720, height: 900, scheme: "dark", opened: "yi-34b" },
  { name: "no-gpu", gpus: [], width: 1200, height: 820, scheme: "light" },
  { name: "eight-gpus", gpus: EIGHT_H100, width: 1400, height: 900, scheme: "light", opened: "deepseek-v3" },
  {
    name: "long-names",
    gpus: [
      fakeGpu(0, "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition", 97887),
      fakeGpu(1, "Quadro RTX 6000 with Max-Q Design and a name that never ends", 24576),
    ],
    processorName: "Intel(R) Xeon(R) Platinum 8480CL with an unusually long and unbrokenNameThatGoesOnAndOn",
    width: 720,
    height: 900,
    scheme: "light",
    opened: "deepseek-r1-distill-llama-70b",
  },
  { name: "4k", gpus: [RTX_4090, RTX_3060], width: 3840, height: 2160, scheme: "light", opened: "yi-34b" },
];

for (const look of LOOKS) {
  test(`the window on ${look.name}: nothing is cut off or overlaps the edge`, async ({ launchFitment }) => {
    const { processorName = DESKTOP.processorName, gpus } = look;
    const { app, page } = await launchFitment(await pretend({ ...DESKTOP, processorName, gpus }));
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, look);
    await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: "reduce" });
    await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
    const machine = page.getByRole("region", { name: "This machine" });
    for (const gpu of gpus) await expect(machine).toContainText(gpu.name ?? "");
    const advice = page.getByRole("region", { name: /^Best for/ });
    await expect(advice.getByRole("article").first()).toBeVisible();
    if (look.opened !== undefined) await (await scrollToModel(page, look.opened)).click();
    await takePicture(page, look.name);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
}

async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, `${name}.png`) });
}
