import { createServer, type ServerResponse } from "node:http";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ElectronApplication, Locator } from "@playwright/test";
import { axeComplaints } from "./axe.ts";
import { expect, test, type LaunchOptions, type Launched } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

/** What every look is taken of. */
const LOOKS = [
  { name: "light", scheme: "light", width: 1280 },
  { name: "dark", scheme: "dark", width: 1280 },
  { name: "narrow", scheme: "light", width: 420 },
  { name: "narrow-dark", scheme: "dark", width: 420 },
] as const;

type Launch = (options?: LaunchOptions) => Promise<Launched>;

/** The window on one card, with a home in which no tool has left models. */
async function open(launchFitment: Launch, more: Readonly<Record<string, string>> = {}): Promise<Launched> {
  const pretended = await pretend(DESKTOP);
  const home = test.info().outputPath("home");
  await mkdir(home, { recursive: true });
  const environment = { ...pretended.environment, HOME: home, HF_HOME: path.join(home, "hf"), ...more };
  const launched = await launchFitment({ ...pretended, environment });
  await setWidth(launched.app, 1280);
  await expect(launched.page.locator("tbody span[data-verdict]").first()).toBeVisible();
  // What moves the list down is there, so that a click meets what it is meant for.
  await expect(
    launched.page
      .getByRole("region", { name: /^Best for/ })
      .getByRole("article")
      .first(),
  ).toBeVisible();
  return launched;
}

async function setWidth(app: ElectronApplication, width: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, given) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setMinimumSize(320, 400);
    window?.setContentSize(given, 1000);
  }, width);
}

/** Pictures of a dialog in each look; nothing in it may be wider than it, and axe finds nothing. */
async function lookAt({ app, page }: Launched, dialog: Locator, name: string): Promise<void> {
  await mkdir(PICTURE_FOLDER, { recursive: true });
  for (const { name: look, scheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await setWidth(app, width);
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width);
    expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await axeComplaints(page)).toEqual([]);
    await page.screenshot({ path: path.join(PICTURE_FOLDER, `${name}-${look}.png`) });
  }
  await page.emulateMedia({ colorScheme: "light" });
  await setWidth(app, 1280);
}

const FIGURES: readonly (readonly [label: string, value: string])[] = [
  ["Name", "House model"],
  ["Layers", "32"],
  ["Hidden size", "4096"],
  ["Feed-forward size", "14336"],
  ["Attention heads", "32"],
  ["KV heads", "8"],
  ["Vocabulary", "128256"],
];

const field = (within: Locator, label: string) => within.getByLabel(label, { exact: true });

test("a model is described by hand, corrected and taken out again; each mistake is said at its field", async ({
  launchFitment,
}) => {
  test.slow();
  const launched = await open(launchFitment);
  const { page } = launched;
  const opener = page.getByRole("button", { name: "Add a model…" });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "own-toolbar.png") });
  await opener.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toHaveAccessibleName("Add a model to your own catalog");
  await page.getByRole("tab", { name: "From Hugging Face" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "By hand" })).toHaveAttribute("aria-selected", "true");

  await dialog.getByRole("button", { name: "Add the model" }).click();
  await expect(field(dialog, "Name")).toBeFocused();
  await expect(field(dialog, "Name")).toHaveAccessibleDescription(/The model needs a name\./);
  for (const [label, value] of FIGURES) await field(dialog, label).fill(value);
  await expect(dialog.getByText("These sizes come to 8.03 B parameters.")).toBeVisible();
  await field(dialog, "Published parameters").fill("70B");
  await field(dialog, "KV heads").fill("5");
  await page.keyboard.press("Enter");
  await expect(field(dialog, "KV heads")).toBeFocused();
  await expect(dialog.getByText("The attention heads must be a multiple of the KV heads.")).toBeVisible();
  await lookAt(launched, dialog, "add-by-hand");

  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  await opener.click();
  await expect(field(dialog, "Name")).toHaveValue("House model");
  await field(dialog, "KV heads").fill("8");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(/^The sizes come to 8\.03 B\./)).toBeVisible();
  await field(dialog, "Published parameters").fill("");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  const heading = page.getByRole("heading", { name: "House model" });
  await expect(heading).toBeFocused();
  await expect(page.getByText("Added House model.")).toBeVisible();
  const panel = page.locator(".panel");
  await expect(panel.getByText("own", { exact: true })).toBeVisible();
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "added-by-hand.png") });

  await panel.getByRole("button", { name: "Edit…" }).click();
  await expect(dialog).toHaveAccessibleName("Edit House model");
  await expect(field(dialog, "Head size")).toHaveValue("128");
  await field(dialog, "Layers").fill("16");
  await dialog.getByRole("button", { name: "Save the changes" }).click();
  await expect(page.getByText("Replaced House model.")).toBeVisible();
  await expect(heading).toBeFocused();
  await expect(panel).toContainText("16 layers, hidden size 4,096");

  await panel.getByRole("button", { name: "Edit…" }).click();
  await page.keyboard.press("Escape");
  await expect(panel.getByRole("button", { name: "Edit…" })).toBeFocused();
  await panel.getByRole("button", { name: "Remove from your own catalog" }).click();
  await expect(page.getByText("Removed House model from your own catalog.")).toBeVisible();
});

test("the other two ways are looked at, with what goes wrong in place", async ({ launchFitment }) => {
  test.slow();
  const launched = await open(launchFitment, { HF_ENDPOINT: "http://127.0.0.1:9" });
  const { page } = launched;
  await page.getByRole("button", { name: "Add a model…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Model on Hugging Face").fill("acme/Tuned-8B");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText(/cannot be reached/);
  await lookAt(launched, dialog, "add-hub");

  await page.getByRole("tab", { name: "A GGUF file" }).click();
  const broken = test.info().outputPath("broken.gguf");
  await writeFile(broken, "GGUF, but not really");
  await page.getByLabel("Model file to add, or all parts of a split one").setInputFiles(broken);
  await expect(dialog.getByRole("alert")).toContainText("broken.gguf");
  await lookAt(launched, dialog, "add-file");
  await page.getByRole("tab", { name: "From Hugging Face" }).click();
  await expect(dialog.getByLabel("Model on Hugging Face")).toHaveValue("acme/Tuned-8B");
});

test("a folder with models is named and taken out again, and says what lies in it", async ({
  launchFitment,
}) => {
  test.slow();
  const dataFolder = test.info().outputPath("data");
  const models = test.info().outputPath("my models");
  await mkdir(models, { recursive: true });
  await writeFile(path.join(models, "Qwen3-8B-Q4_K_M.gguf"), "weights");
  const launched = await open(launchFitment, { FITMENT_DATA_DIR: dataFolder });
  const { app, page } = launched;
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, models);
  const opener = page.getByRole("button", { name: /^Catalog of 20/ });
  await opener.click();
  const dialog = page.getByRole("dialog", { name: "Catalog and folders" });
  await expect(dialog.getByText("LM Studio").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Add a folder…" }).click();
  const line = dialog.getByRole("listitem").filter({ hasText: models });
  await expect(line).toContainText("1 model");
  expect(JSON.parse(await readFile(path.join(dataFolder, "model-folders.json"), "utf8"))).toEqual({
    folders: [models],
  });
  await lookAt(launched, dialog, "catalog-dialog");

  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.getByLabel("Find a model").fill("qwen3-8b");
  const mark = page
    .locator("tbody tr", { has: page.locator('[id="model-qwen3-8b"]') })
    .getByText("installed");
  await expect(mark).toBeVisible();
  await opener.click();
  await dialog.getByRole("button", { name: `Remove ${models}` }).click();
  await expect(line).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(mark).toBeHidden();
});

test("a refresh tells how much is here, and stops when it is told to", async ({ launchFitment }) => {
  let sending: ServerResponse | null = null;
  const server = createServer((_request, response) => {
    sending = response;
    response.writeHead(200, { "Content-Length": String(4 * 1024 * 1024) });
    response.write(Buffer.alloc(1024 * 1024, 32));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");

  const { page } = await open(launchFitment);
  await page.getByRole("button", { name: /^Catalog of 20/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address of a newer catalog (optional)").fill(`http://127.0.0.1:${address.port}/`);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status").filter({ hasText: "MiB" })).toContainText(
    /1(?:\.0)? MiB of 4(?:\.0)? MiB/,
  );
  await expect(dialog.getByRole("progressbar", { name: "Newer catalog" })).toBeVisible();
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "catalog-refreshing.png") });
  await dialog.getByRole("button", { name: "Stop" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Cancelled; nothing was changed.");
  expect(sending).not.toBeNull();
  server.closeAllConnections();
  server.close();
});
