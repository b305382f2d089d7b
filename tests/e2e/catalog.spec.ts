import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { copyApp } from "./app-copy.ts";
import { expect, test } from "./launch.ts";

test("a broken catalog entry is named in place, and all others are answered for", async ({
  launchFitment,
}) => {
  const { catalogFolder, options } = await copyApp();
  await writeFile(path.join(catalogFolder, "models/broken.json"), '{"models": [{"id": 7}]}');
  await writeFile(path.join(catalogFolder, "models/cut-off.json"), '{"models": [');
  const { page } = await launchFitment(options);
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  const lineCount = await page.getByRole("table", { name: "Models" }).getAttribute("aria-rowcount");
  expect(Number(lineCount)).toBeGreaterThan(201); // with the headings'

  await page.getByText(/^\d+ catalog entries left out/).click();
  const problems = page.locator("details", { hasText: "left out" });
  await expect(problems).toContainText("models/broken.json");
  await expect(problems).toContainText("models/cut-off.json");
  await expect(problems).toContainText("expected JSON");
});

test("a catalog that cannot be reached is said where the models would be", async ({ launchFitment }) => {
  const { catalogFolder, options } = await copyApp();
  await rm(catalogFolder, { recursive: true });
  const { page } = await launchFitment(options);
  const models = page.getByRole("region", { name: "Models" });
  await expect(models).toContainText("There is no model to answer for.");
  await expect(models.getByText("expected a folder that can be read").first()).toBeVisible();
  await expect(page.getByRole("status").first()).toHaveText("The catalog is empty");
  await expect(page.getByRole("region", { name: "This machine" })).toContainText("RAM");
  await expect(models.getByRole("button", { name: "Show all models" })).toBeHidden();
});

test("without its cards, the catalog still answers for the machine as detected", async ({
  launchFitment,
}) => {
  const { catalogFolder, options } = await copyApp();
  await rm(path.join(catalogFolder, "hardware"), { recursive: true });
  const { page } = await launchFitment(options);
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await expect(page.getByText(/^One catalog entry left out/)).toBeVisible();
});
