import { mkdir, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { axeComplaints } from "./axe.ts";
import { expect, test } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, `${name}.png`) });
}

/** Waits for the list and the picks, so that catalog, machine and settings are there. */
async function isReady(page: Page): Promise<void> {
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await expect(page.getByRole("article").first()).toBeVisible();
}

/** The menu's own lines, since Playwright cannot see a native menu: `File`, `Edit` … and those of View, Language. */
async function menuOf(app: ElectronApplication): Promise<Readonly<Record<"top" | "chosen", string[]>>> {
  return await app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items ?? [];
    const languages = items
      .flatMap(({ submenu }) => submenu?.items ?? [])
      .flatMap((item) => item.submenu?.items ?? []);
    return {
      top: items.map(({ label }) => label),
      chosen: languages.filter(({ checked }) => checked).map(({ label }) => label),
    };
  });
}

async function chooseLanguage(app: ElectronApplication, name: string): Promise<void> {
  await app.evaluate(({ Menu }, wanted) => {
    const lines = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    lines
      .flatMap((item) => item.submenu?.items ?? [])
      .find(({ label }) => label === wanted)
      ?.click();
  }, name);
}

for (const { tag, heading, compare, close, file } of [
  { tag: "de", heading: "Im Vergleich", compare: "Vergleichen (2)", close: "Schließen", file: "Datei" },
  { tag: "ja", heading: "比較", compare: "比較（2）", close: "閉じる", file: "ファイル" },
]) {
  test(`in ${tag} the page, its headings and the menu are in that language`, async ({ launchFitment }) => {
    const options = await pretend(DESKTOP);
    const environment = { ...options.environment, FITMENT_LANGUAGE: tag };
    const { app, page } = await launchFitment({ ...options, environment });
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
    await isReady(page);
    await expect(page.locator("html")).toHaveAttribute("lang", tag);
    expect((await menuOf(app)).top[0]).toBe(file);
    expect(await axeComplaints(page)).toEqual([]);
    await picture(page, `language-${tag}`);

    const pins = page.getByRole("article").locator("button[aria-pressed]");
    await pins.first().click();
    await pins.nth(1).click();
    await page.getByRole("button", { name: compare, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("heading", { name: heading, exact: true })).toBeVisible();
    await dialog.getByRole("button", { name: close, exact: true }).click();
    await expect(dialog).toBeHidden();
  });
}

test("a language chosen in the menu is spoken at once, holds what was asked, and is there after a restart", async ({
  launchFitment,
}) => {
  const userDataFolder = await mkdtemp(path.join(tmpdir(), "fitment-kept-"));
  const first = await launchFitment({ userDataFolder });
  await isReady(first.page);
  expect(await menuOf(first.app)).toMatchObject({ chosen: ["As the system"] });
  await first.page.getByRole("radio", { name: "q8_0" }).check();
  await chooseLanguage(first.app, "Français");
  await expect(first.page.locator("html")).toHaveAttribute("lang", "fr");
  await isReady(first.page);
  await expect(first.page.getByRole("radio", { name: "q8_0" })).toBeChecked();
  expect(await menuOf(first.app)).toMatchObject({ chosen: ["Français"] });
  expect((await menuOf(first.app)).top[0]).toBe("Fichier");
  await first.page.reload();
  await expect(first.page.locator("html")).toHaveAttribute("lang", "fr");
  await first.app.close();

  const kept: unknown = JSON.parse(await readFile(path.join(userDataFolder, "settings.json"), "utf8"));
  expect(kept).toMatchObject({ version: 1, language: "fr" });
  const second = await launchFitment({ userDataFolder, temporaryFolders: [userDataFolder] });
  await isReady(second.page);
  await expect(second.page.locator("html")).toHaveAttribute("lang", "fr");
  await chooseLanguage(second.app, "Comme le système");
  await expect(second.page.locator("html")).toHaveAttribute("lang", /^en/);
  expect(await menuOf(second.app)).toMatchObject({ chosen: ["As the system"] });
});
