import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { axeComplaints } from "./axe.ts";
import { expect, test } from "./launch.ts";

const MACHINES = path.join(import.meta.dirname, "../fixtures/machines");
/** To be opened and looked at. */
const REPORTS = path.join(import.meta.dirname, "../../test-results/looks/reports");

const ASKED = [
  { name: "no-gpu", says: "RAM" },
  { name: "rtx-4090", says: "NVIDIA GeForce RTX 4090" },
  { name: "two-unlike-cards", says: "NVIDIA GeForce RTX 3060" },
  { name: "mac-studio-192", says: "Apple M2 Ultra" },
] as const;

async function exportAs(app: ElectronApplication, page: Page, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.getByRole("button", { name: "Export…" }).click();
  await expect(page.getByText(`Saved as ${path.basename(file)}.`)).toBeVisible({ timeout: 40_000 });
}

for (const { name, says } of ASKED) {
  test(`a report of ${name} in all formats, and its page is accessible`, async ({ launchFitment }) => {
    test.slow();
    const { app, page } = await launchFitment({ appArguments: [path.join(MACHINES, `${name}.json`)] });
    await mkdir(REPORTS, { recursive: true });
    await expect(page.getByRole("button", { name: "Export…" })).toHaveAttribute("aria-disabled", "false", {
      timeout: 30_000,
    });
    await expect(page.getByRole("region", { name: `Machine from ${name}.json` })).toContainText(says);
    for (const ending of ["html", "md", "json", "csv", "pdf"])
      await exportAs(app, page, path.join(REPORTS, `${name}.${ending}`));
    await app.evaluate(({ app: electron }) => {
      electron.getLocaleCountryCode = () => "US";
    });
    await exportAs(app, page, path.join(REPORTS, `${name}-letter.pdf`));
    for (const ending of ["html", "md", "json"])
      expect(await readFile(path.join(REPORTS, `${name}.${ending}`), "utf8")).toContain(says);

    const opened = app.waitForEvent("window");
    await app.evaluate(
      async ({ BrowserWindow }, file) => {
        const window = new BrowserWindow({ width: 1100, height: 900, webPreferences: { sandbox: true } });
        await window.loadFile(file);
      },
      path.join(REPORTS, `${name}.html`),
    );
    const report = await opened;
    for (const colorScheme of ["light", "dark"] as const) {
      await report.emulateMedia({ colorScheme });
      expect(await axeComplaints(report)).toEqual([]);
      await report.screenshot({ path: path.join(REPORTS, `${name}-${colorScheme}.png`) });
    }
  });
}
