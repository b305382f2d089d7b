import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";
import { pretend } from "./pretended-machine.ts";

const MACHINE = {
  processorName: "AMD Ryzen 9 7950X 16-Core Processor",
  coreCount: 16,
  ramMiB: 64_000,
  gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4060", 8188)],
};

/** So many stops has no screen of ours between one thing and the next. */
const MOST_STOPS = 60;

/** What a screen reader would call the element that has the keyboard, about. */
async function focusedName(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return "";
    const labels = "labels" in element ? (element as HTMLInputElement).labels : null; // only form fields have it
    const labelledBy = element.getAttribute("aria-labelledby")?.split(" ") ?? [];
    const named = labelledBy.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    const spoken = element.getAttribute("aria-label") ?? (named === "" ? labels?.[0]?.textContent : named);
    return (spoken ?? element.textContent).replaceAll(/\s+/g, " ").trim();
  });
}

/** By the key that a person would press, and no other means. */
async function goTo(page: Page, name: RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    const here = await focusedName(page);
    if (name.test(here)) return;
    passed.push(here.slice(0, 40));
  }
  throw new Error(`The keyboard did not come to ${String(name)}, but to: ${passed.join(" | ")}`);
}

test("the whole job by keyboard alone: other hardware, a task, the pick, two compared, a command, a report", async ({
  launchFitment,
}) => {
  test.slow();
  const { app, page } = await launchFitment(await pretend(MACHINE));
  const folder = test.info().outputPath();
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "report.md");
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await expect(page.getByRole("article", { name: /^best answer/ })).toBeVisible();

  await goTo(page, /^Change hardware$/);
  await page.keyboard.press("Enter");
  await goTo(page, /^Accelerator to add/);
  await page.keyboard.type("RTX 3090");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "This machine" })).toContainText("NVIDIA GeForce RTX 3090");

  await goTo(page, /^Done$/, "Shift+Tab"); // put away again
  await page.keyboard.press("Enter");

  await goTo(page, /^For\b/);
  await page.keyboard.type("code");
  await expect(page.getByRole("region", { name: "Best for code" })).toBeVisible();
  const best = page.getByRole("article", { name: /^best answer/ });
  await expect(best).toContainText(/Tokens\/s ?\d+ to \d+/);

  await goTo(page, /^Compare/);
  await page.keyboard.press("Enter");
  await goTo(page, /^Compare/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Compare (2)" })).toBeVisible();
  await goTo(page, /^Compare \(2\)/);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Side by side" });
  await expect(dialog.getByRole("columnheader")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await goTo(page, /^Find a model/, "Shift+Tab");
  await page.keyboard.type("llama-3.1-8b");
  await expect(page.getByRole("table", { name: "Models" }).locator("tbody tr")).toHaveCount(1);
  await goTo(page, /^Llama 3\.1 8B$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Llama 3.1 8B", exact: true })).toBeFocused();
  await goTo(page, /^Next steps, with commands$/);
  await page.keyboard.press("Enter");
  await goTo(page, /^Copy\b/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).not.toBe("");
  await page.keyboard.press("Escape");

  await goTo(page, /^Export…$/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved as report.md.")).toBeVisible({ timeout: 30_000 });
  expect(await readFile(file, "utf8")).toContain("NVIDIA GeForce RTX 3090");
});
