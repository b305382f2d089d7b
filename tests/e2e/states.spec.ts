import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test, type LaunchOptions } from "./launch.ts";
import { scrollToModel } from "./model-list.ts";
import { pretend } from "./pretended-machine.ts";

/** Pictures of the window in states that designers forget, to be looked at. */
const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");
const MACHINES = path.join(import.meta.dirname, "../fixtures/machines");

const PC = { processorName: "AMD Ryzen 9 7950X 16-Core Processor", coreCount: 16, ramMiB: 64_000 };
const RTX_4090 = fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 1340);

async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, `${name}.png`) });
}

/** Playwright's own pictures know nothing of a zoom: they are a corner of the page. */
async function zoomedPicture(app: ElectronApplication, name: string): Promise<void> {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString("base64") ?? "";
  });
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await writeFile(path.join(PICTURE_FOLDER, `${name}.png`), Buffer.from(png, "base64"));
}

/** Content of the window beyond its right edge, px. */
async function overflowPx(page: Page): Promise<number> {
  return await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

async function sizeTo(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  );
}

async function verdictsShown(page: Page): Promise<void> {
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await expect(
    page
      .getByRole("region", { name: /^Best for/ })
      .getByRole("article")
      .first(),
  ).toBeVisible();
}

const OPENED_MACHINES = [
  { name: "mac-studio-192", shows: "Apple M2 Ultra" },
  { name: "strix-halo-128", shows: "AMD Radeon 8060S" },
  { name: "laptop-8gb", shows: "NVIDIA GeForce RTX 4060 Laptop GPU" },
  { name: "8x-h100", shows: "NVIDIA H100 80GB HBM3" },
  { name: "no-gpu", shows: "RAM" },
] as const;

for (const { name, shows } of OPENED_MACHINES) {
  test(`a saved ${name} is answered for, light and dark`, async ({ launchFitment }) => {
    const options: LaunchOptions = { appArguments: [path.join(MACHINES, `${name}.json`)] };
    const { app, page } = await launchFitment(options);
    await sizeTo(app, 1280, 1000);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await expect(page.getByRole("region", { name: `Machine from ${name}.json` })).toContainText(shows);
    await verdictsShown(page);
    await picture(page, `machine-${name}`);
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, `machine-${name}-dark`);
    expect(await overflowPx(page)).toBe(0);
  });
}

test("this very machine, whatever it is", async ({ launchFitment }) => {
  const { page } = await launchFitment();
  await verdictsShown(page);
  await picture(page, "this-machine");
  expect(await overflowPx(page)).toBe(0);
});

test("sixteen cards, of which the first is unlike the rest", async ({ launchFitment }) => {
  const others = Array.from({ length: 15 }, (_, index) =>
    fakeGpu(index + 1, "NVIDIA A100-SXM4-40GB", 40960, 4),
  );
  const { app, page } = await launchFitment(await pretend({ ...PC, gpus: [RTX_4090, ...others] }));
  await sizeTo(app, 1280, 1000);
  await verdictsShown(page);
  await scrollToModel(page, "deepseek-v3");
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, "sixteen-cards");
  expect(await overflowPx(page)).toBe(0);
});

for (const { name, factor } of [
  { name: "40", factor: 0.4 },
  { name: "200", factor: 2 },
  { name: "400", factor: 4 },
]) {
  test(`at ${name} % nothing is cut off, and every control is still reached`, async ({ launchFitment }) => {
    const { app, page } = await launchFitment(await pretend({ ...PC, gpus: [RTX_4090] }));
    await sizeTo(app, 1280, 1024);
    await app.evaluate(
      ({ BrowserWindow }, zoom) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(zoom),
      factor,
    );
    await verdictsShown(page);
    expect(await overflowPx(page)).toBe(0);
    await zoomedPicture(app, `zoom-${name}`);
    await page.getByLabel("Find a model").scrollIntoViewIfNeeded();
    await page.getByLabel("Find a model").fill("yi-34b");
    await page.getByRole("button", { name: "Yi 34B", exact: true }).first().click();
    await expect(page.getByRole("heading", { name: "Yi 34B", exact: true })).toBeVisible();
    await zoomedPicture(app, `zoom-${name}-model`);
    expect(await overflowPx(page)).toBe(0);
  });
}

test("from right to left, nothing overlaps or is cut off", async ({ launchFitment }) => {
  const { app, page } = await launchFitment(await pretend({ ...PC, gpus: [RTX_4090] }));
  await sizeTo(app, 1280, 1000);
  await verdictsShown(page);
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await page.getByLabel("Find a model").fill("yi-34b");
  await page.getByRole("button", { name: "Yi 34B", exact: true }).first().click();
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, "right-to-left");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

for (const contrast of ["more", "forced"] as const) {
  test(`colours of ${contrast} contrast keep every mark`, async ({ launchFitment }) => {
    const { app, page } = await launchFitment(await pretend({ ...PC, gpus: [RTX_4090] }));
    await sizeTo(app, 1280, 1000);
    await page.emulateMedia(contrast === "more" ? { contrast: "more" } : { forcedColors: "active" });
    await verdictsShown(page);
    await picture(page, `contrast-${contrast}`);
  });
}

test("no match, and the way back from it", async ({ launchFitment }) => {
  const { page } = await launchFitment(await pretend({ ...PC, gpus: [RTX_4090] }));
  await verdictsShown(page);
  await page.getByLabel("Find a model").fill("there is no such model");
  await expect(page.getByText(/^No model matches/)).toBeVisible();
  await picture(page, "no-match");
  await page.getByRole("button", { name: "Show all models" }).click();
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
});
