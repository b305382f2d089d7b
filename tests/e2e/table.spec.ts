import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { axeComplaints } from "./axe.ts";
import { expect, type Launched, type LaunchOptions, test } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, `${name}.png`) });
}

/** The text of a column in the lines on top, by its class. */
async function top(page: Page, column: string): Promise<readonly string[]> {
  return (
    await page.locator(`table[aria-labelledby=models-heading] tbody td.${column}`).allInnerTexts()
  ).slice(0, 8);
}

async function wideWindow(launchFitment: (options: LaunchOptions) => Promise<Launched>): Promise<Launched> {
  const launched = await launchFitment(await pretend(DESKTOP));
  const { app, page } = launched;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1600, 1000));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await expect(page.getByRole("article").first()).toBeVisible();
  return launched;
}

/** With the headings', whether a row is in the page or not. */
async function rowCount(page: Page): Promise<number> {
  return Number(await page.getByRole("table", { name: "Models" }).getAttribute("aria-rowcount"));
}

const highOf = (text: string): number => Number(/([\d.,]+)\D*$/.exec(text)?.[1]?.replace(",", ""));

test("the list is sorted by its headings, grouped and folded, and its columns are chosen", async ({
  launchFitment,
}) => {
  const { page } = await wideWindow(launchFitment);
  const table = page.getByRole("table", { name: "Models" });
  const heading = (name: string) => table.getByRole("columnheader", { name });

  await heading("Tokens/s").getByRole("button").press("Enter");
  await expect(heading("Tokens/s")).toHaveAttribute("aria-sort", "descending");
  await expect(table).toHaveAttribute("aria-busy", "false");
  await expect
    .poll(async () => {
      await page.locator("tbody th button").nth(4).scrollIntoViewIfNeeded(); // speeds are told near the screen
      return (await top(page, "speed")).every((text) => text !== "");
    })
    .toBe(true);
  const rates = (await top(page, "speed")).map(highOf);
  expect(rates[0]).toBeGreaterThan(300);
  await picture(page, "table-sorted");
  await heading("Tokens/s").getByRole("button").press("Enter");
  await expect(heading("Tokens/s")).toHaveAttribute("aria-sort", "ascending");
  await heading("Tokens/s").getByRole("button").press("Enter");
  await expect(heading("Tokens/s")).not.toHaveAttribute("aria-sort");

  await heading("Quality").getByRole("button").press("Enter");
  const qualities = (await top(page, "quality")).map((text) => Number(/^\d+/.exec(text)?.[0]));
  expect(qualities).toEqual([...qualities].sort((one, other) => other - one));
  expect(qualities[0]).toBeGreaterThan(60);

  await page.getByLabel("Group by verdict").check();
  const fits = table.getByRole("button", { name: /^fits \d+/ });
  await expect(fits).toHaveAttribute("aria-expanded", "true");
  const before = await rowCount(page);
  await fits.press("Enter");
  await expect(fits).toHaveAttribute("aria-expanded", "false");
  expect(await rowCount(page)).toBeLessThan(before - 50);
  await picture(page, "table-grouped");
  await fits.press("ArrowDown");
  await expect(table.getByRole("button", { name: /^needs quantization \d+/ })).toBeFocused();

  await page.getByText("Columns", { exact: true }).click();
  for (const name of ["Released", "Active parameters", "Context that fits", "Developer"])
    await page.getByRole("checkbox", { name }).check();
  await page
    .getByRole("group", { name: "Columns to show" })
    .getByText("Quantization", { exact: true })
    .click(); // its words answer as well
  await expect(page.getByRole("checkbox", { name: "Quantization" })).not.toBeChecked();
  await expect(heading("Context that fits")).toBeVisible();
  await expect(heading("Quantization")).toBeHidden();
  await expect(heading("Developer")).toBeHidden();
  await expect(page.getByRole("checkbox", { name: "Developer no room" })).toBeChecked();
  await picture(page, "table-columns");
  expect(await axeComplaints(page)).toEqual([]);
});

test("in a narrow window the lines are blocks, sorted by a list of choices", async ({ launchFitment }) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(620, 900));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByLabel("Sort by").selectOption({ label: "Parameters" });
  await expect(page.locator("tbody th button").first()).toHaveText("Kimi K3");
  await page.getByLabel("Group by verdict").check();
  await page.getByRole("table", { name: "Models" }).scrollIntoViewIfNeeded();
  await picture(page, "table-narrow");
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
});

test("of a long list only what is near the screen is in the page, and each line is reached", async ({
  launchFitment,
}) => {
  const { app, page } = await wideWindow(launchFitment);
  const count = await rowCount(page);
  expect(count).toBeGreaterThan(200);
  const inPage = page.getByRole("table", { name: "Models" }).getByRole("row");
  expect(await inPage.count()).toBeLessThan(60);

  await page.locator("tbody th button").first().focus();
  await page.keyboard.press("End");
  const last = page.locator("tbody tr[data-index] th button").last();
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  await expect(page.locator("tbody tr[data-index]").last()).toHaveAttribute("aria-rowindex", String(count));
  await expect(page.locator("tbody span[data-verdict]").last()).toBeInViewport();
  for (let press = 0; press < 40; press += 1) await page.keyboard.press("ArrowUp");
  const focused = page.locator(":focus");
  await expect(page.locator("tr", { has: focused })).toHaveAttribute("aria-rowindex", String(count - 40));
  await expect(focused).toBeInViewport();

  // The mouse's wheel goes elsewhere; the keyboard's line stays, and is gone back to.
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 3));
  await expect(focused).not.toBeInViewport();
  await expect(inPage.nth(20)).toBeInViewport();
  expect(await inPage.count()).toBeLessThan(70);
  await page.keyboard.press("ArrowUp");
  await expect(page.locator("tr", { has: focused })).toHaveAttribute("aria-rowindex", String(count - 41));
  await expect(focused).toBeInViewport();
  expect(await axeComplaints(page)).toEqual([]);
  await picture(page, "table-scrolled");

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(3840, 2100));
  await page.evaluate(() => window.scrollTo(0, 3000));
  await expect(page.locator("tbody tr[data-index]").nth(30)).toBeInViewport();
  await picture(page, "table-4k");
});

test("a search says how many models match, and leads to them", async ({ launchFitment }) => {
  const { page } = await wideWindow(launchFitment);
  const finder = page.getByLabel("Find a model");
  const matches = page.getByRole("button", { name: /model(?:s match| matches)$/ });
  const firstLine = page.locator("tbody th button").first();
  await expect(matches).toHaveCount(0);
  await finder.fill("70B");
  await expect(matches).toHaveText(`${(await rowCount(page)) - 1} models match`);
  await expect(firstLine).not.toBeInViewport();
  await finder.press("Enter");
  await expect(firstLine).toBeInViewport();
  await expect(page.getByRole("heading", { name: "Models" })).toBeFocused();

  await page.evaluate(() => scrollTo(0, 0));
  await matches.click();
  await expect(firstLine).toBeInViewport();
  await picture(page, "search-shown");
  await finder.fill("there is no such model");
  await expect(matches).toHaveText("no model matches");
});
