import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { fakeGpu, fakeNvidiaSmi } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test, type LaunchOptions, type Launched } from "./launch.ts";

type Launch = (options?: LaunchOptions) => Promise<Launched>;

async function openEditor(
  launchFitment: Launch,
): Promise<{ app: ElectronApplication; page: Page; folder: string }> {
  const toolFolder = await fakeNvidiaSmi([fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564)]);
  const { app, page } = await launchFitment({ toolFolder });
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByRole("button", { name: "Change hardware" }).click();
  const folder = test.info().outputPath();
  await mkdir(folder, { recursive: true });
  return { app, page, folder };
}

/** The native dialogs cannot be driven: they answer as a person would. */
async function answerDialogs(app: ElectronApplication, file: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    const canceled = chosen === null;
    dialog.showSaveDialog = () => Promise.resolve({ canceled, filePath: chosen ?? "" });
    dialog.showOpenDialog = () => Promise.resolve({ canceled, filePaths: chosen === null ? [] : [chosen] });
  }, file);
}

test("a machine is saved as a file, opened again elsewhere, and put back", async ({ launchFitment }) => {
  const { app, page, folder } = await openEditor(launchFitment);
  const file = path.join(folder, "two-cards.json");
  await page.getByLabel("Accelerator to add").fill("RTX 3090");
  await page.keyboard.press("Enter");
  await answerDialogs(app, file);
  await page.getByRole("button", { name: "Save as a file…" }).click();
  await expect(page.getByText("Saved as two-cards.json.")).toBeVisible();

  await page.getByRole("button", { name: "Put back" }).click();
  await page.getByRole("button", { name: "Open a saved machine…" }).click();
  const machine = page.getByRole("region", { name: "Machine from two-cards.json" });
  await expect(machine).toContainText("NVIDIA GeForce RTX 3090");
  await expect(machine).toContainText("NVIDIA GeForce RTX 4090");
  await page.getByRole("button", { name: "Put back" }).click();
  await expect(page.getByRole("heading", { name: "This machine" })).toBeVisible();
});

test("a machine from a file and what was changed about it outlive a reload, until they are put back", async ({
  launchFitment,
}) => {
  const { app, page, folder } = await openEditor(launchFitment);
  await answerDialogs(app, path.join(folder, "lab.json"));
  await page.getByRole("button", { name: "Save as a file…" }).click();
  await expect(page.getByText("Saved as lab.json.")).toBeVisible();
  await page.getByRole("button", { name: "Open a saved machine…" }).click();
  const machine = page.getByRole("region", { name: "Machine from lab.json" });
  await expect(machine).toBeVisible();
  await page.getByLabel("Accelerator to add").fill("RTX 3070");
  await page.keyboard.press("Enter");
  await expect(machine).toContainText("NVIDIA GeForce RTX 3070");

  await page.reload();
  await expect(machine).toContainText("NVIDIA GeForce RTX 3070");
  await expect(machine).toContainText("changed by you");
  await page.getByRole("button", { name: "Put back" }).click();
  await expect(page.getByRole("heading", { name: "This machine" })).toBeVisible();
  await page.reload();
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "This machine" })).toBeVisible();
  await expect(page.getByText("changed by you")).toHaveCount(0);
});

test("diagnostics hold what was read", async ({ launchFitment }) => {
  const { app, page, folder } = await openEditor(launchFitment);
  const file = path.join(folder, "diagnostics.json");
  await answerDialogs(app, file);
  await page.getByRole("button", { name: "Save diagnostics…" }).click();
  await expect(page.getByText("Saved as diagnostics.json")).toBeVisible();
  const content = await readFile(file, "utf8");
  expect(JSON.parse(content)).toMatchObject({ kind: "fitment-capture" });
  expect(content).toContain("NVIDIA GeForce RTX 4090");
});

test("nothing happens where the person thinks better of it; a wrong file is named, and nothing is lost", async ({
  launchFitment,
}) => {
  const { app, page, folder } = await openEditor(launchFitment);
  await answerDialogs(app, null);
  for (const name of ["Save as a file…", "Open a saved machine…", "Save diagnostics…"]) {
    await page.getByRole("button", { name }).click();
  }
  await expect(page.getByRole("alert")).toBeHidden();

  const broken = path.join(folder, "broken.json");
  await answerDialogs(app, broken);
  for (const [content, said] of [
    ["{", "broken.json could not be read: it is not JSON."],
    ["{}", "broken.json is no saved machine"],
  ] as const) {
    await writeFile(broken, content);
    await page.getByRole("button", { name: "Open a saved machine…" }).click();
    await expect(page.getByRole("alert")).toContainText(said);
  }
  const noFolder = path.join(folder, "no-such-folder");
  await answerDialogs(app, path.join(noFolder, "machine.json"));
  await page.getByRole("button", { name: "Save as a file…" }).click();
  await expect(page.getByRole("alert")).toContainText(
    `machine.json could not be written: there is no folder ${noFolder}.`,
  );
  await expect(page.getByRole("region", { name: "This machine" })).toContainText("NVIDIA GeForce RTX 4090");
});

test("a machine is kept under a name, opened by it, and forgotten; a broken file is kept aside", async ({
  launchFitment,
}) => {
  const dataFolder = test.info().outputPath("data");
  const toolFolder = await fakeNvidiaSmi([fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564)]);
  const { page } = await launchFitment({ toolFolder, environment: { FITMENT_DATA_DIR: dataFolder } });
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByRole("button", { name: "Change hardware" }).click();
  await page.getByLabel("Accelerator to add").fill("RTX 3090");
  await page.keyboard.press("Enter");
  await page.getByLabel("Name", { exact: true }).fill("two cards");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Kept as two cards.")).toBeVisible();
  await mkdir("test-results/looks", { recursive: true });
  await page
    .getByRole("region", { name: "This machine" })
    .screenshot({ path: "test-results/looks/kept-machines.png" });
  const file = path.join(dataFolder, "machines", "two cards.json");
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ schemaVersion: 1 });

  await page.getByRole("button", { name: "Put back" }).click();
  await page.getByRole("button", { name: "two cards", exact: true }).click();
  await expect(page.getByRole("region", { name: "Machine from two cards" })).toContainText("RTX 3090");

  await writeFile(file, "{");
  await page.getByRole("button", { name: "two cards", exact: true }).click();
  await expect(page.getByText("kept aside as two cards.json.broken")).toBeVisible();
  await expect(page.getByRole("button", { name: "two cards", exact: true })).toBeHidden();
});
