import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, `${name}.png`) });
}

/** From the list, by the panel's button; the panel is closed again. */
async function pin(page: Page, id: string, name: string): Promise<void> {
  await page.getByLabel("Find a model").fill(id);
  await page.getByRole("button", { name, exact: true }).first().press("Enter");
  const compare = page.getByRole("button", { name: "Compare", exact: true });
  await compare.press("Enter");
  await expect(compare).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
}

test("models are pinned from a card and from a panel, and seen side by side with what they differ in", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
  const best = page.getByRole("article", { name: /^best answer/ });
  await expect(best).toBeVisible();
  await best.getByRole("button", { name: /^Compare/ }).click();
  const bar = page.getByRole("region", { name: "Models to compare" });
  await expect(bar).toContainText("choose another to compare it with");

  await page.getByLabel("Find a model").fill("llama-3.1-8b");
  await page.getByRole("button", { name: "Llama 3.1 8B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: /Llama 3.1 8B/ });
  await panel.getByRole("button", { name: "Compare", exact: true }).click();

  await bar.getByRole("button", { name: "Compare (2)" }).click();
  const dialog = page.getByRole("dialog", { name: "Side by side" });
  await expect(dialog.getByRole("row", { name: /^Chat / })).toContainText("best");
  await expect(dialog.getByRole("columnheader", { name: /Llama 3.1 8B/ })).toBeVisible();
  await expect(dialog.getByRole("row", { name: /^Commercial use/ })).not.toContainText("Apache-2.0");
  await dialog.getByLabel("Name tests, licences and languages").check();
  await expect(dialog.getByRole("row", { name: /^Commercial use/ })).toContainText("Apache-2.0");
  await expect(dialog.getByRole("row", { name: /^Chat / })).toContainText("from ");
  await picture(page, "compare");
  await dialog.getByLabel("Name tests, licences and languages").uncheck();
  const rowCount = await dialog.getByRole("row").count();
  await dialog.getByLabel(/Show also the/).check();
  expect(await dialog.getByRole("row").count()).toBeGreaterThan(rowCount);

  await dialog.getByRole("button", { name: "Leave out Llama 3.1 8B" }).click();
  await expect(dialog).toBeHidden();
  await expect(bar).toBeFocused();
  await bar.getByRole("button", { name: "Clear" }).click();
  await expect(bar).toBeHidden();
});

test("one model is compared with itself at two packings, each as it was pinned, also after the page is loaded again", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
  await expect(page.getByRole("article", { name: /^best answer/ })).toBeVisible();
  await page.getByLabel("Find a model").fill("llama-3.1-8b");
  await page.getByRole("button", { name: "Llama 3.1 8B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: /Llama 3.1 8B/ });
  const compare = panel.getByRole("button", { name: "Compare", exact: true });
  const quantization = panel.getByRole("combobox", { name: "Quantization", exact: true });
  for (const name of ["Q8_0", "Q4_K_M"]) {
    await quantization.selectOption(name);
    await expect(compare).toHaveAttribute("aria-pressed", "false");
    await compare.click();
    await expect(compare).toHaveAttribute("aria-pressed", "true");
  }
  const bar = page.getByRole("region", { name: "Models to compare" });
  await expect(bar).toContainText("Llama 3.1 8B at Q8_0, Llama 3.1 8B at Q4_K_M");
  await picture(page, "compare-bar-two-packings");
  await page.reload();
  await expect(bar).toContainText("Llama 3.1 8B at Q8_0, Llama 3.1 8B at Q4_K_M");

  await bar.getByRole("button", { name: "Compare (2)" }).click();
  const dialog = page.getByRole("dialog", { name: "Side by side" });
  const headings = dialog.getByRole("columnheader");
  await expect(headings.nth(0)).toContainText("Llama 3.1 8B at Q8_0");
  await expect(headings.nth(1)).toContainText("Llama 3.1 8B at Q4_K_M");
  await expect(dialog.getByRole("row", { name: /^Download/ }).getByRole("cell")).toContainText([
    "8.5 GB",
    "4.9 GB",
  ]);
  await picture(page, "compare-two-packings");
  await dialog.getByRole("button", { name: "Leave out Llama 3.1 8B at Q8_0" }).click();
  await expect(dialog).toBeHidden();
  await expect(bar).toContainText("Llama 3.1 8B at Q4_K_M: choose another to compare it with");
});

test("six models are compared by keyboard alone in a narrow dark window, and a seventh is refused in words", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await page.emulateMedia({ colorScheme: "dark" });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(720, 900));
  await expect(page.getByRole("article", { name: /^best answer/ })).toBeVisible();
  await pin(page, "llama-3.1-8b", "Llama 3.1 8B");
  await pin(page, "llama-3.3-70b", "Llama 3.3 70B");
  await pin(page, "llama-2-13b", "Llama 2 13B");
  await pin(page, "mistral-7b", "Mistral 7B");
  await pin(page, "phi-2", "Phi-2");
  await pin(page, "mixtral-8x22b", "Mixtral 8x22B");
  await page.getByLabel("Find a model").fill("gemma-2b");
  await page.getByRole("button", { name: "Gemma 2B", exact: true }).first().press("Enter");
  const seventh = page.getByRole("button", { name: "Compare: 6 are chosen already", exact: true });
  await expect(seventh).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");

  const open = page.getByRole("button", { name: "Compare (6)" });
  await open.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Side by side" });
  await expect(dialog.getByRole("columnheader")).toHaveCount(6);
  await expect(dialog.getByRole("row", { name: /^Writes/ })).toContainText("the machine does not hold it");
  await picture(page, "compare-dark-narrow");
  await dialog.getByRole("button", { name: "Leave out Phi-2" }).press("Enter");
  await expect(dialog.getByRole("columnheader", { name: /Phi-2/ })).toBeHidden();
  await expect(dialog.getByRole("heading", { name: "Side by side" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Compare (5)" })).toBeFocused();
});

test("the bar lies beside nothing: the panel ends above it, and its button reads alike everywhere", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1200, 820));
  const best = page.getByRole("article", { name: /^best answer/ });
  await expect(best).toBeVisible({ timeout: 30_000 });
  const onCard = best.getByRole("button", { name: /^Compare/ });
  await onCard.click();
  await best.getByRole("heading").getByRole("button").click();
  const heading = page.getByRole("heading", {
    level: 2,
    name: await best.getByRole("heading").getByRole("button").innerText(),
  });
  const panel = page.getByRole("region").filter({ has: heading }).last();
  const inPanel = panel.getByRole("button", { name: "Compare", exact: true });
  await expect(inPanel).toHaveText("Compare");
  await expect(onCard).toHaveText("Compare");
  await expect(inPanel).toHaveAttribute("aria-pressed", "true");
  await expect(onCard).toHaveAttribute("aria-pressed", "true");

  const link = panel.getByRole("button", { name: /on Hugging Face/ });
  await page.evaluate(() => window.scrollTo(0, 700)); // the panel stays beside the list
  await panel.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  const bar = page.getByRole("region", { name: "Models to compare" });
  const [linkBox, barBox] = [await link.boundingBox(), await bar.boundingBox()];
  expect(linkBox === null ? Infinity : linkBox.y + linkBox.height).toBeLessThan(barBox?.y ?? 0);
  await picture(page, "compare-bar-and-panel");

  const words = await page
    .locator(".button")
    .evaluateAll((buttons) =>
      buttons.filter((button) => button.scrollWidth > button.clientWidth).map((button) => button.textContent),
    );
  expect(words).toEqual([]);
});
