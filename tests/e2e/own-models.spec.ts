import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { ElectronApplication, Page } from "@playwright/test";
import { folderFiles } from "../../src/catalog/bundle.ts";
import { writeGguf } from "../catalog/gguf/gguf-file.ts";
import { gemma3, llama3, qwen3Moe } from "../catalog/gguf/models.ts";
import { fakeGpu, fakeNvidiaSmi } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test, type LaunchOptions, type Launched } from "./launch.ts";
import { scrollToModel } from "./model-list.ts";

const TERMINAL_SCRIPT = path.join(import.meta.dirname, "../../out/main/cli.cjs");

type Launch = (options?: LaunchOptions) => Promise<Launched>;

interface Opened {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly folder: string;
  readonly dataFolder: string;
}

/** The window with a data folder of its own, a home without models, and one card. */
async function open(launchFitment: Launch): Promise<Opened> {
  const folder = test.info().outputPath();
  const dataFolder = path.join(folder, "data");
  const homeFolder = path.join(folder, "home");
  await mkdir(homeFolder, { recursive: true });
  const toolFolder = await fakeNvidiaSmi([fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564)]);
  const environment = { FITMENT_DATA_DIR: dataFolder, HF_HOME: path.join(homeFolder, "hf") };
  const { app, page } = await launchFitment({ toolFolder, environment });
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  // What moves the list down is there, so that a click meets what it is meant for.
  await expect(
    page
      .getByRole("region", { name: /^Best for/ })
      .getByRole("article")
      .first(),
  ).toBeVisible();
  return { app, page, folder, dataFolder };
}

const rows = (page: Page) => page.getByRole("table", { name: "Models" }).locator("tbody tr");

/** What the built terminal tool prints with the same data folder. */
async function terminal(dataFolder: string, ...words: readonly string[]): Promise<string> {
  const env = { ...process.env, FITMENT_DATA_DIR: dataFolder, NO_COLOR: "1" };
  return (await promisify(execFile)(process.execPath, [TERMINAL_SCRIPT, ...words], { env })).stdout;
}

/** Chooses files as the system's dialog would. */
async function choose(page: Page, files: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Add a model…" }).click();
  await page.getByRole("tab", { name: "A GGUF file" }).click();
  await page.getByLabel("Model file to add, or all parts of a split one").setInputFiles([...files]);
}

/** Hands files over as a person does who drags them from a file manager: they keep where they lie. */
async function drop(page: Page, files: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.id = "files-to-drop";
    document.body.append(input);
  });
  await page.locator("#files-to-drop").setInputFiles([...files]);
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>("#files-to-drop");
    const target = document.querySelector('table[aria-labelledby="models-heading"]');
    if (input === null || target === null) throw new Error("nothing to drop, or nothing to drop it on");
    const dataTransfer = new DataTransfer();
    for (const file of input.files ?? []) dataTransfer.items.add(file);
    for (const type of ["dragover", "drop"])
      target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    input.remove();
  });
}

test("three architectures are added by choosing and by dropping a file, with a verdict for the file itself", async ({
  launchFitment,
}) => {
  const { page, folder, dataFolder } = await open(launchFitment);
  const models = [
    { name: "Small-Llama.Q4_K_M.gguf", file: llama3(), says: "32 layers, hidden size 4,096" },
    { name: "Small-Gemma.gguf", file: gemma3(), says: "layers" },
    { name: "Small-MoE.Q8_0.gguf", file: qwen3Moe(), says: "48 layers, hidden size 2,048" },
  ];
  for (const [index, { name, file, says }] of models.entries()) {
    const at = path.join(folder, name);
    await writeGguf(at, file);
    if (index === 0) await choose(page, [at]);
    else await drop(page, [at]);
    await expect(page.getByRole("status").filter({ hasText: /^Added / })).toBeVisible();
    const panel = page.getByRole("region", { name: /file\)$/ });
    await expect(panel).toContainText(says);
    await expect(panel).toContainText(`GGUF file ${name}`);
    await expect(panel.getByText("own", { exact: true })).toBeVisible();
    await expect(panel.locator("[data-verdict]").first()).toBeVisible();
    await expect(panel).toContainText("no evidence");
    await page.getByRole("button", { name: "Dismiss" }).click();
  }
  await page.getByLabel("Find a model").fill("file)");
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).getByText("own", { exact: true })).toHaveCount(3);
  await page.screenshot({ path: "test-results/looks/own-models.png" });

  const listed = await terminal(dataFolder, "models", "--search", "file)");
  expect(listed.match(/ own\b/g)).toHaveLength(3);
  expect(listed).toContain("3 of ");
  await terminal(dataFolder, "add", path.join(folder, "Small-Gemma.gguf"));
  expect(await terminal(dataFolder, "model", "small-gemma")).toContain("GGUF file Small-Gemma.gguf");

  await page.getByRole("button", { name: "Remove from your own catalog" }).click();
  await expect(page.getByRole("status").filter({ hasText: /^Removed / })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
});

test("a file that is no model is named in place, and the list stays", async ({ launchFitment }) => {
  const { page, folder } = await open(launchFitment);
  const broken = path.join(folder, "broken.gguf");
  await writeFile(broken, "GGUF, but not really");
  const count = await rows(page).count();
  await drop(page, [broken]);
  await expect(page.getByRole("alert")).toContainText("broken.gguf");
  await page.screenshot({ path: "test-results/looks/broken-model-file.png" });
  expect(await rows(page).count()).toBe(count);
});

test("of several files that are no models each is named, in view wherever the list is", async ({
  launchFitment,
}) => {
  const { page, folder } = await open(launchFitment);
  const files = ["one.gguf", "two.gguf", "three.gguf"].map((name) => path.join(folder, name));
  for (const file of files) await writeFile(file, "no model");
  await (await scrollToModel(page, "llama-3.1-8b")).hover();
  const line = page.locator('[id="model-llama-3.1-8b"]');
  const before = await line.boundingBox();
  await drop(page, files);
  const alert = page.getByRole("alert");
  for (const name of ["one", "two", "three"])
    await expect(alert).toContainText(`${name}.gguf: This is no GGUF file`);
  await expect(alert).toBeInViewport({ ratio: 1 });
  await page.screenshot({ path: "test-results/looks/broken-model-files.png" });
  const after = await line.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? Infinity))).toBeLessThan(4);
  await alert.getByRole("button", { name: "Dismiss" }).click();
  await expect(alert).toHaveCount(0);
});

test("a model that lies in a folder of the person's is marked installed", async ({ launchFitment }) => {
  const folder = test.info().outputPath("models");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "Qwen3-8B-Q4_K_M.gguf"), "weights");
  const { page } = await launchFitment({ environment: { FITMENT_MODEL_DIRS: folder } });
  await page.getByLabel("Find a model").fill("qwen3-8b");
  const row = rows(page).filter({ has: page.locator('[id="model-qwen3-8b"]') });
  await expect(row.getByText("installed", { exact: true })).toBeVisible();
  await page.locator('[id="model-qwen3-8b"]').click();
  await expect(page.getByText("On this computer: Qwen3-8B-Q4_K_M.gguf in a folder you named")).toBeVisible();
});

test("quality stands in the panel by task, with its interval and the scores", async ({ launchFitment }) => {
  const { page } = await open(launchFitment);
  await (await scrollToModel(page, "llama-3.1-8b")).click();
  const quality = page.getByRole("region", { name: "Quality by task, as published" });
  await expect(quality).toContainText(/General\s*50 \(\d+ to \d+\)/);
  await quality.getByText("The scores it rests on").click();
  await expect(quality).toContainText("independent");
  await quality.scrollIntoViewIfNeeded();
  await page.screenshot({ path: "test-results/looks/quality.png" });
});

test.describe("the catalog's day", () => {
  let server: Server | null = null;
  test.afterEach(() => void server?.close());

  test("is shown; a newer catalog is fetched and undone, and a wrong address is said", async ({
    launchFitment,
  }) => {
    const { files } = await folderFiles(path.join(import.meta.dirname, "../../catalog"));
    const text = JSON.stringify({ kind: "fitment-catalog", formatVersion: 1, date: "2099-01-01", files });
    const started = createServer((_request, response) => response.end(text));
    server = started;
    await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
    const address = started.address();
    if (address === null || typeof address === "string") throw new Error("no port");

    const { page } = await open(launchFitment);
    await page.getByRole("button", { name: /^Catalog of 20\d\d-\d\d-\d\d/ }).click();
    const field = page.getByLabel("Address of a newer catalog (optional)");
    await field.fill("http://example.org/catalog.json");
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByRole("alert")).toContainText("is no https: address");
    await field.fill(`http://127.0.0.1:${address.port}/`);
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByText("The catalog is newer now: of 2099-01-01.")).toBeVisible();
    await expect(
      page.getByText(/^It was refreshed; the one of 20\d\d-\d\d-\d\d came with Fitment\.$/),
    ).toBeVisible();
    await expect(page.getByRole("dialog")).toContainText("Catalog of 2099-01-01");
    await page.screenshot({ path: "test-results/looks/catalog-refreshed.png" });
    await page.getByRole("button", { name: "Back to the shipped one" }).click();
    await expect(page.getByRole("dialog").getByText(/^Catalog of 20[2-8]\d-\d\d-\d\d/)).toBeVisible();
  });
});

test("own entries go out as a file and come in again", async ({ launchFitment }) => {
  const { app, page, folder } = await open(launchFitment);
  const gguf = path.join(folder, "Small-Gemma.gguf");
  const exported = path.join(folder, "mine.json");
  await writeGguf(gguf, gemma3());
  await choose(page, [gguf]);
  await expect(page.getByRole("status").filter({ hasText: /^Added / })).toBeVisible();
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, exported);
  const catalogButton = page.getByRole("button", { name: /^Catalog of 20/ });
  await catalogButton.click();
  await page.getByRole("button", { name: "Export own entries…" }).click();
  await expect(page.getByText("Your own catalog is saved as mine.json.")).toBeVisible();
  expect(JSON.parse(await readFile(exported, "utf8"))).toMatchObject({ kind: "fitment-own-catalog" });
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Remove from your own catalog" }).click();
  await catalogButton.click();
  await page.getByRole("button", { name: "Import own entries…" }).click();
  await expect(page.getByText("Imported mine.json: 1 added, 0 replaced.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByLabel("Find a model").fill("file)");
  await expect(rows(page)).toHaveCount(1);
});
