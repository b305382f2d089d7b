import type { Page } from "@playwright/test";
import { expect, test } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

/** The id of the element that has the keyboard. */
async function focusedId(page: Page): Promise<string> {
  return await page.evaluate(() => document.activeElement?.id ?? "");
}

/** Tab, from the field above the list to the first model. */
async function tabToFirstModel(page: Page): Promise<void> {
  await page.getByLabel("Find a model").focus();
  for (let press = 0; press < 40 && !(await focusedId(page)).startsWith("model-"); press += 1) {
    await page.keyboard.press("Tab");
  }
}

test("the list is walked, a model opened and closed, all by keyboard", async ({ launchFitment }) => {
  const { page } = await launchFitment(await pretend(DESKTOP));
  const buttons = page.locator("tbody button");
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.keyboard.press("Control+f");
  await expect(page.getByLabel("Find a model")).toBeFocused();
  await tabToFirstModel(page);
  await expect(buttons.nth(0)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(buttons.nth(0)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(buttons.nth(2)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(buttons.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(buttons.last()).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("PageDown");
  await expect(buttons.nth(10)).toBeFocused();
  for (let press = 0; press < 8; press += 1) await page.keyboard.press("ArrowUp");
  await expect(buttons.nth(2)).toBeFocused();

  // The list is one stop: Tab leaves it, and comes back to the same line.
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("table"))).toBeNull();
  await page.keyboard.press("Shift+Tab");
  await expect(buttons.nth(2)).toBeFocused();

  await page.keyboard.press("Enter");
  const name = (await buttons.nth(2).innerText()).trim();
  await expect(page.getByRole("heading", { name, exact: true })).toBeFocused();
  await expect(buttons.nth(2)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name, exact: true })).toBeHidden();
  await expect(buttons.nth(2)).toBeFocused();
});

test("in a narrow window the breakdown is a dialog: the keyboard stays in it until it is closed", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(720, 700));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await tabToFirstModel(page);
  const opened = await focusedId(page);
  await page.keyboard.press("Space");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  for (let press = 0; press < 6; press += 1) {
    await page.keyboard.press("Tab");
    const isOutside = await page.evaluate(() => {
      const element = document.activeElement;
      return element !== document.body && element?.closest('[role="dialog"]') === null;
    });
    expect(isOutside).toBe(false);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(await focusedId(page)).toBe(opened);
});

test("verdicts, context and cache type answer to the keyboard", async ({ launchFitment }) => {
  const { page } = await launchFitment(await pretend(DESKTOP));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  const fits = page
    .getByRole("group", { name: "Show only these verdicts" })
    .getByRole("button", { name: /^fits/ });
  await fits.focus();
  await page.keyboard.press("Space");
  await expect(fits).toHaveAttribute("aria-pressed", "true");
  const shown = await page
    .locator("tbody span[data-verdict]")
    .evaluateAll((marks) => [...new Set(marks.map((mark) => mark.getAttribute("data-verdict")))]);
  expect(shown).toEqual(["fits"]);

  await page.getByRole("slider", { name: "Context length" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("With 16,384 tokens of context")).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByText("With 1,048,576 tokens of context")).toBeVisible();
});
