import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test, type LaunchOptions, type Launched } from "./launch.ts";
import { pretend } from "./pretended-machine.ts";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const LOOKS = "test-results/looks";

type Launch = (options?: LaunchOptions) => Promise<Launched>;

/** The window of a PC with one card, once there is something to report; and a folder to write to. */
async function ready(
  launchFitment: Launch,
): Promise<{ app: ElectronApplication; page: Page; folder: string }> {
  const { app, page } = await launchFitment(
    await pretend({
      processorName: "AMD Ryzen 9 7950X 16-Core Processor",
      coreCount: 16,
      ramMiB: 64 * 1024,
      gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564)],
    }),
  );
  await expect(exportButton(page)).toHaveAttribute("aria-disabled", "false", { timeout: 30_000 });
  const folder = test.info().outputPath();
  await mkdir(folder, { recursive: true });
  return { app, page, folder };
}

function exportButton(page: Page) {
  return page.getByRole("button", { name: "Export…" });
}

/** The native dialog cannot be driven: it answers as a person would; null where they think better of it. */
async function answerDialog(app: ElectronApplication, file: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: chosen === null, filePath: chosen ?? "" });
  }, file);
}

async function exportAs(app: ElectronApplication, page: Page, file: string): Promise<void> {
  await answerDialog(app, file);
  await exportButton(page).click();
  await expect(page.getByText(`Saved as ${path.basename(file)}.`)).toBeVisible({ timeout: 30_000 });
}

/** A file as a browser shows it. */
async function shown(app: ElectronApplication, file: string): Promise<Page> {
  const opened = app.waitForEvent("window");
  await app.evaluate(async ({ BrowserWindow }, shownFile) => {
    const window = new BrowserWindow({ width: 1100, height: 900, webPreferences: { sandbox: true } });
    await window.loadFile(shownFile);
  }, file);
  return await opened;
}

async function axeComplaints(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(AXE, "utf8"));
  const results = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } }; // the script above defines it
    return await axe.run();
  });
  return results.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html ?? ""})`);
}

test("the button exports an HTML page that fetches nothing, is accessible, and looks right in both schemes", async ({
  launchFitment,
}) => {
  const { app, page, folder } = await ready(launchFitment);
  await mkdir(LOOKS, { recursive: true });
  await page.screenshot({ path: `${LOOKS}/export-button.png` });
  const file = path.join(folder, "report.html");
  await exportAs(app, page, file);
  const html = await readFile(file, "utf8");
  expect(html).toContain("NVIDIA GeForce RTX 4090");
  expect(html).toContain("AMD Ryzen 9 7950X");

  const report = await shown(app, file);
  const requests: string[] = [];
  report.on("request", (request) => requests.push(request.url()));
  await report.reload();
  await expect(report.getByRole("heading", { level: 1 })).toHaveText(
    "Which language models run on this computer",
  );
  expect(requests.map((url) => new URL(url).protocol)).toEqual(["file:"]);
  for (const colorScheme of ["light", "dark"] as const) {
    await report.emulateMedia({ colorScheme });
    expect(await axeComplaints(report)).toEqual([]);
    await report.screenshot({ path: `${LOOKS}/report-${colorScheme}.png` });
  }
  await report.screenshot({ path: `${LOOKS}/report-whole.png`, fullPage: true });
  await report.setViewportSize({ width: 360, height: 800 });
  const overflow = await report.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await report.screenshot({ path: `${LOOKS}/report-narrow.png` });
});

/** The size of the first page in points, as [width, height]. */
function pageSize(pdf: string): readonly number[] {
  const numbers = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/.exec(pdf);
  return [Math.round(Number(numbers?.[1])), Math.round(Number(numbers?.[2]))];
}

/** The first Electron whose `printToPDF` takes `generateTaggedPDF`; older ones print the same without tags. */
const TAGGING_ELECTRON = 28;

for (const { country, size } of [
  { country: "DE", size: [595, 842] },
  { country: "US", size: [612, 792] },
]) {
  test(`the menu exports a PDF with the sheet of the country: ${country}`, async ({ launchFitment }) => {
    const { app, page, folder } = await ready(launchFitment);
    const file = path.join(folder, "report.pdf");
    await answerDialog(app, file);
    await app.evaluate(({ app: electron, Menu }, code) => {
      electron.getLocaleCountryCode = () => code;
      const menu = Menu.getApplicationMenu()?.items.find(({ label }) => label === "File")?.submenu;
      menu?.items.find(({ label }) => label === "Export report…")?.click();
    }, country);
    await expect(page.getByText("Saved as report.pdf.")).toBeVisible({ timeout: 40_000 });
    const pdf = await readFile(file, "latin1");
    expect(pdf.startsWith("%PDF-")).toBe(true);
    const version = await app.evaluate(() => process.versions.electron);
    expect(pdf.includes("/StructTreeRoot")).toBe(Number(version.split(".")[0]) >= TAGGING_ELECTRON);
    expect(pageSize(pdf)).toEqual(size);
    await mkdir(LOOKS, { recursive: true });
    await writeFile(`${LOOKS}/report-${country}.pdf`, pdf, "latin1");
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
}

test("the file's ending says what is written; what cannot be is said, and what was there is still there", async ({
  launchFitment,
}) => {
  const { app, page, folder } = await ready(launchFitment);
  for (const [name, beginning] of [
    ["report.md", "# Which"],
    ["report.json", '{\n  "kind": "fitment-report"'],
    ["report.CSV", "model_id,"],
  ] as const) {
    await exportAs(app, page, path.join(folder, name));
    expect(await readFile(path.join(folder, name), "utf8")).toMatch(
      new RegExp(`^${beginning.replace("{", "\\{")}`),
    );
  }

  await answerDialog(app, null);
  await exportButton(page).click();
  await expect(exportButton(page)).toHaveAttribute("aria-disabled", "false", { timeout: 30_000 });
  await expect(page.getByRole("alert")).toBeHidden();

  for (const [name, said] of [
    [
      "report",
      "report does not say what to write: give it one of the endings .html, .pdf, .md, .json, .csv.",
    ],
    [
      "no-such-folder/report.html",
      `report.html could not be written: there is no folder ${path.join(folder, "no-such-folder")}.`,
    ],
  ] as const) {
    await answerDialog(app, path.join(folder, name));
    await exportButton(page).click();
    await expect(page.getByRole("alert")).toHaveText(said, { timeout: 30_000 });
  }
  expect(await readFile(path.join(folder, "report.md"), "utf8")).toContain("# Which");
});

/** What of Node's functions is used below. */
interface FileFunctions {
  readonly appendFile: (file: string, text: string) => Promise<void>;
  writeFile: (file: string) => Promise<void>;
}

test("a disk that takes nothing more, or nothing at all, is said, and the report of before is still there", async ({
  launchFitment,
}) => {
  const { app, page, folder } = await ready(launchFitment);
  const file = path.join(folder, "report.md");
  await exportAs(app, page, file);
  const before = await readFile(file, "utf8");
  for (const [code, words] of [
    ["ENOSPC", "the disk is full"],
    ["EROFS", "the disk can only be read"],
    ["EACCES", "this folder or file may not be written to"],
  ] as const) {
    // A disk that is full for half a file: some of it is written, and then the error comes.
    await app.evaluate((_electron, fault) => {
      const main = Reflect.get(process, "mainModule") as { require: (name: string) => FileFunctions }; // Node's
      const promises = main.require("node:fs/promises");
      const { appendFile } = promises;
      promises.writeFile = async (target) => {
        await appendFile(target, "half");
        throw Object.assign(new Error(`${fault}: as a disk says it, write`), { code: fault });
      };
    }, code);
    await answerDialog(app, file);
    await exportButton(page).click();
    await expect(page.getByRole("alert")).toHaveText(`report.md could not be written: ${words}.`, {
      timeout: 30_000,
    });
    expect(await readFile(file, "utf8")).toBe(before);
    expect(await readdir(folder)).toEqual(["report.md"]);
  }
});

test("what changed since an older report is shown, and is in the next one", async ({ launchFitment }) => {
  const { app, page, folder } = await ready(launchFitment);
  const file = path.join(folder, "old.json");
  await exportAs(app, page, file);
  const old = (await readFile(file, "utf8")).replaceAll(
    '"driverVersion": "570.86.15"',
    '"driverVersion": "550.1"',
  );
  await writeFile(file, old);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  await page.getByRole("button", { name: "Compare with an older report…" }).click();
  const since = page.getByRole("region", { name: "What changed since old.json" });
  await expect(since).toContainText("Driver of NVIDIA GeForce RTX 4090: 550.1, now 570.86.15.", {
    timeout: 30_000,
  });
  await page.screenshot({ path: `${LOOKS}/report-changes.png` });
  await exportAs(app, page, path.join(folder, "new.md"));
  expect(await readFile(path.join(folder, "new.md"), "utf8")).toContain("now 570.86.15.");
  await since.getByRole("button", { name: "Close" }).click();
  await expect(since).toBeHidden();

  await writeFile(file, "{}");
  await page.getByRole("button", { name: "Compare with an older report…" }).click();
  await expect(page.getByRole("alert")).toContainText("old.json is no report that Fitment saved as JSON");
});

test("what is no report is not written", async ({ launchFitment }) => {
  const { page } = await launchFitment();
  const answers = await page.evaluate(async () => {
    const { fitment } = window as unknown as { fitment: { saveReport(argument: unknown): Promise<unknown> } }; // our own
    return await Promise.all(
      [undefined, "x", {}, { html: 1, md: "", json: "", csv: "" }].map((argument) =>
        fitment.saveReport(argument),
      ),
    );
  });
  expect(answers).toEqual(Array(4).fill({ kind: "failed", message: "That is no report." }));
});
