import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Locator, Page } from "@playwright/test";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";
import { pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

/** Small enough that a pick is packed more tightly than the best that fits. */
const LAPTOP = {
  processorName: "13th Gen Intel(R) Core(TM) i7-13700H",
  coreCount: 14,
  ramMiB: 32_000,
  gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4060 Laptop GPU", 8188, 100)],
};

/** What a card says, by its labels. */
async function figure(card: Locator, label: string): Promise<string> {
  return await card.locator("dl > div", { hasText: label }).locator("dd").innerText();
}

async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, `${name}.png`) });
}

test("a pick opens with its own quantization, in its memory, speed and commands, and another can be chosen", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(LAPTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1600, 1200));
  await page.getByRole("combobox", { name: /^For/ }).selectOption({ label: "code" });
  const advice = page.getByRole("region", { name: "Best for code" });
  await expect(advice).toHaveAttribute("aria-busy", "false");
  const card = advice.getByRole("article", { name: /^fastest/ });
  const heading = await card.getByRole("heading").innerText();
  const name = await card.getByRole("heading").getByRole("button").innerText();
  const quantization = heading.replace(name, "").trim();
  const memory = await figure(card, "Memory");
  const rate = await figure(card, "Tokens/s");
  await card.getByRole("heading").getByRole("button").click();

  const panel = page.getByRole("region", { name });
  const choice = panel.getByRole("combobox", { name: "Quantization", exact: true });
  await expect(choice).toHaveValue(quantization);
  await expect(panel.getByText(`Recommended for code: ${quantization}`)).toBeVisible();
  await expect(panel.getByText(new RegExp(`^At ${quantization}, 8,192 tokens`))).toBeVisible();
  await expect(panel.getByText(`Writes ${rate} tokens/s`)).toBeVisible();
  await expect(panel.getByRole("row", { name: /^Total/ })).toContainText(memory);
  await panel.getByText("Next steps, with commands").click();
  await expect(panel.getByText(new RegExp(`^\\S+, ${quantization}\\.`))).toBeVisible();
  await picture(page, "build-of-a-pick");

  await panel.getByRole("combobox", { name: "Quantization", exact: true }).selectOption("Q8_0");
  await expect(panel.getByText(/^At Q8_0, 8,192 tokens/)).toBeVisible();
  await expect(panel.getByText(/^\S+, Q8_0\./)).toBeVisible();

  // The line of the list has its own.
  await page.getByLabel("Find a model").fill(name);
  const line = page.locator("tbody tr").filter({ has: page.getByRole("button", { name, exact: true }) });
  const listed = await line.locator("td.quantization").innerText();
  await line.getByRole("button", { name, exact: true }).click();
  await expect(choice).toHaveValue(listed);
});

for (const [tag, name] of [
  ["de", "Quantisierung"],
  ["fr", "Quantification"],
  ["ja", "量子化"],
] as const) {
  test(`in ${tag} the field shows the whole of what is chosen, beside a narrow list`, async ({
    launchFitment,
  }) => {
    const options = await pretend(LAPTOP);
    const environment = { ...options.environment, FITMENT_LANGUAGE: tag };
    const { app, page } = await launchFitment({ ...options, environment });
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1210, 900));
    await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
    await page.getByRole("searchbox").fill("qwen3-30b-a3b-instruct"); // its experts are in RAM
    await page.locator("tbody th button").first().click();
    const choice = page.getByRole("combobox", { name, exact: true });
    await expect(choice.locator("optgroup").first()).toBeAttached();
    const missingPx = await choice.evaluate((select: HTMLSelectElement) => {
      const asWideAsItsText = select.cloneNode(false) as HTMLSelectElement; // a copy of a field is one
      asWideAsItsText.append(new Option(select.selectedOptions[0]?.text));
      asWideAsItsText.style.width = "max-content";
      select.after(asWideAsItsText);
      const missing = asWideAsItsText.offsetWidth - select.offsetWidth;
      asWideAsItsText.remove();
      return missing;
    });
    expect(missingPx).toBeLessThanOrEqual(0);
  });
}

test("a cell of the map sets quantization and context of the panel, and is marked", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(LAPTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1200));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByLabel("Find a model").fill("llama-3.3-70b");
  await page.getByRole("button", { name: "Llama 3.3 70B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: /Llama 3.3 70B/ });
  await panel.getByText("Quantization against context").click();
  await expect(panel.locator('[aria-current="true"]')).toHaveText("no"); // Q4_K_M at 8,192 tokens
  const cell = panel.getByRole("button", { name: /^IQ3_XXS, 4,096 tokens/ });
  await cell.click();
  await expect(cell).toHaveAttribute("aria-current", "true");
  await expect(panel.locator('[aria-current="true"]')).toHaveCount(1);
  await expect(panel.getByRole("combobox", { name: "Quantization", exact: true })).toHaveValue("IQ3_XXS");
  await expect(panel.getByText(/^At IQ3_XXS, 4,096 tokens/)).toBeVisible();
  await picture(page, "build-of-a-cell");
});

test("a model of the comparison opens as it is compared", async ({ launchFitment }) => {
  const { app, page } = await launchFitment(await pretend(LAPTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
  await page.getByRole("combobox", { name: /^For/ }).selectOption({ label: "code" });
  const picks = page.getByRole("region", { name: "Best for code" }).getByRole("article");
  await expect(picks.nth(1)).toBeVisible();
  await picks
    .nth(0)
    .getByRole("button", { name: /^Compare/ })
    .click();
  await picks
    .nth(1)
    .getByRole("button", { name: /^Compare/ })
    .click();
  await page.getByRole("button", { name: "Compare (2)" }).click();
  const dialog = page.getByRole("dialog", { name: "Side by side" });
  const column = dialog.getByRole("columnheader").first();
  const [name = "", quantization = ""] = (await column.getByRole("button").first().innerText()).split(" at ");
  await column.getByRole("button").first().click();
  await expect(dialog).toBeHidden();
  const panel = page.getByRole("region", { name });
  await expect(panel.getByRole("combobox", { name: "Quantization", exact: true })).toHaveValue(quantization);
  await expect(panel.getByRole("heading", { name })).toBeFocused();
});

test("runtimes are told apart for the packing that was chosen, as the panel's head is about it", async ({
  launchFitment,
}) => {
  const gpus = Array.from({ length: 8 }, (_, index) => fakeGpu(index, "NVIDIA H100 80GB HBM3", 81_559, 500));
  const { app, page } = await launchFitment(await pretend({ ...LAPTOP, ramMiB: 1_024_000, gpus }));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1600, 1200));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByLabel("Find a model").fill("qwen3.8-27b");
  await page.getByRole("button", { name: "Qwen3.8 27B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: "Qwen3.8 27B" });
  await panel.getByRole("combobox", { name: "Quantization", exact: true }).selectOption("Q4_K_M");
  await expect(panel.getByText(/^At Q4_K_M it fits on one accelerator/)).toBeVisible();
  await panel.getByText("The same under other runtimes").click();
  const rows = panel.locator("li").filter({ has: page.locator(".name") });
  await expect(rows.filter({ hasText: "llama.cpp" })).toContainText(/fits\s*Q4_K_M/);
  await expect(rows.filter({ hasText: "vLLM" })).toContainText("vLLM does not load Q4_K_M here.");
  await expect(panel.getByText("needs quantization")).toHaveCount(0);
  await rows.first().scrollIntoViewIfNeeded();
  await picture(page, "build-under-runtimes");
});

test("a pick's button leads to its commands, which scroll instead of breaking", async ({ launchFitment }) => {
  const { app, page } = await launchFitment(await pretend(LAPTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
  await page.getByRole("combobox", { name: /^For/ }).selectOption({ label: "code" });
  const card = page.getByRole("region", { name: "Best for code" }).getByRole("article", { name: /^fastest/ });
  const name = await card.getByRole("heading").getByRole("button").innerText();
  await card.getByRole("button", { name: `How to run it: ${name}` }).click();
  const panel = page.getByRole("region", { name });
  const next = panel.locator("summary", { hasText: "Next steps, with commands" });
  await expect(next).toBeFocused();
  await expect(next).toBeInViewport();
  const first = panel.locator("pre").first();
  await expect(first).toHaveText(/^ollama run \S+$/);
  await expect(first).toBeInViewport();
  const broken = await panel.locator("pre").evaluateAll((blocks) =>
    blocks
      .filter((block) => {
        const lineCount = block.textContent.split("\n").length;
        const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(block);
        const room = block.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
        return Math.round(room / parseFloat(lineHeight)) !== lineCount;
      })
      .map((block) => block.textContent),
  );
  expect(broken).toEqual([]);
  await picture(page, "build-how-to-run");
});
