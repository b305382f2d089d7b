import type { Page } from "@playwright/test";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { axeComplaints } from "./axe.ts";
import { expect, test } from "./launch.ts";
import { pretend } from "./pretended-machine.ts";

const MACHINE = {
  processorName: "AMD Ryzen 9 7950X 16-Core Processor",
  coreCount: 16,
  ramMiB: 64_000,
  gpus: [
    fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 1340),
    fakeGpu(1, "NVIDIA GeForce RTX 3060", 12288, 210),
  ],
};

/** Each screen, reached from the one before it. */
const SCREENS: readonly (readonly [name: string, open: (page: Page) => Promise<void>])[] = [
  ["the answer", () => Promise.resolve()],
  ["all controls", async (page) => await openAll(page.getByRole("main"))],
  [
    "how the machine was read",
    async (page) => await openAll(page.getByRole("region", { name: "This machine" })),
  ],
  [
    "the hardware editor",
    async (page) => {
      await page.getByRole("button", { name: "Change hardware" }).click();
      await page.getByLabel("Accelerator to add").fill("RTX 3090");
    },
  ],
  [
    "a model that fits, all of it opened",
    async (page) => {
      await page.getByRole("button", { name: "Done" }).click();
      await page.getByText("Columns", { exact: true }).press("Escape"); // it lies over the list
      await page.getByLabel("Find a model").fill("mixtral-8x7b");
      await page.locator('[id="model-mixtral-8x7b"]').click();
      await openAll(page.locator(".panel"));
    },
  ],
  [
    "models side by side",
    async (page) => {
      await page.keyboard.press("Escape");
      for (const id of ["llama-3.1-8b", "llama-3.3-70b"]) {
        await page.getByLabel("Find a model").fill(id);
        await page.locator(`[id="model-${id}"]`).click();
        await page.getByRole("button", { name: "Compare", exact: true }).click();
        await page.keyboard.press("Escape");
      }
      await page.getByRole("button", { name: "Compare (2)" }).click();
      await expect(page.getByRole("dialog", { name: "Side by side" })).toBeVisible();
    },
  ],
  [
    "nothing found",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByLabel("Find a model").fill("there is no such model");
    },
  ],
];

/** Opens every part that can be opened, those inside of opened ones too. */
async function openAll(within: ReturnType<Page["locator"]>): Promise<void> {
  await within.first().evaluate((root) => {
    for (const details of root.querySelectorAll("details")) details.open = true;
  });
  await within.page().waitForTimeout(1500); // what is computed when it is opened
}

for (const scheme of ["light", "dark"] as const) {
  test(`axe finds nothing on any screen, ${scheme}`, async ({ launchFitment }) => {
    test.slow();
    const { page } = await launchFitment(await pretend(MACHINE));
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
    await expect(page.getByRole("article").first()).toBeVisible();
    const found: string[] = [];
    for (const [name, open] of SCREENS) {
      await open(page);
      found.push(...(await axeComplaints(page)).map((complaint) => `${name}: ${complaint}`));
    }
    expect(found).toEqual([]);
  });
}

test("axe would see a fault", async ({ launchFitment }) => {
  const { page } = await launchFitment(await pretend({ ...MACHINE, gpus: [] }));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("button")));
  expect((await axeComplaints(page)).map((complaint) => complaint.split(":")[0])).toEqual(["button-name"]);
});
