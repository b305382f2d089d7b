import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";
import { pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

const MACHINE = {
  processorName: "AMD Ryzen 9 7950X 16-Core Processor",
  coreCount: 16,
  ramMiB: 64_000,
  gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 300)],
};

test("a model's panel says why it is not the pick, what would make it better, and what to type", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(MACHINE));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1200));
  await expect(page.getByRole("article", { name: /^best answer/ })).toBeVisible();
  await page.getByLabel("Find a model").fill("llama-3.3-70b");
  await page.getByRole("button", { name: "Llama 3.3 70B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: /Llama 3.3 70B/ });

  await panel.getByText(/^Why, or why not/).click();
  await expect(panel.getByText(/are wanted\.$/)).toBeVisible(); // it would be too slow
  await expect(panel.getByText(/^What would have it on the cards/)).toBeVisible();

  await panel.getByText("What would make it better here").click();
  await expect(panel.getByText(/^Now: Q4_K_M/)).toBeVisible();

  await panel.getByText("Next steps, with commands").click();
  const modelfile = panel.locator("pre", { hasText: "num_ctx" });
  await expect(modelfile).toContainText("PARAMETER num_ctx 8192");
  await panel.getByRole("combobox", { name: /^Typed into/ }).selectOption({ label: "PowerShell" });
  await expect(panel.locator("pre", { hasText: "$env:OLLAMA" }).first()).toBeVisible();
  await panel.getByRole("combobox", { name: /^Typed into/ }).selectOption({ label: "sh, bash, zsh" });
  await panel.getByRole("button", { name: "Copy Modelfile" }).click();
  await expect(panel.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain("PARAMETER num_ctx 8192");
  await modelfile.scrollIntoViewIfNeeded();
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "next-steps.png") });
});

test("models are pinned from a card and from a panel, and seen side by side with what they differ in", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(MACHINE));
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

  await bar.getByRole("button", { name: "Compare 2" }).click();
  const dialog = page.getByRole("dialog", { name: "Side by side" });
  await expect(dialog.getByRole("row", { name: /^Chat / })).toContainText("best");
  await expect(dialog.getByRole("columnheader", { name: /Llama 3.1 8B/ })).toBeVisible();
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "compare.png") });
  const rowCount = await dialog.getByRole("row").count();
  await dialog.getByLabel(/Show also the/).check();
  expect(await dialog.getByRole("row").count()).toBeGreaterThan(rowCount);

  await dialog.getByRole("button", { name: "Leave out Llama 3.1 8B" }).click();
  await expect(dialog).toBeHidden();
  await bar.getByRole("button", { name: "Clear" }).click();
  await expect(bar).toBeHidden();
});
