import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

test("a model's panel says why it is not the pick, what would make it better, and what to type", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1200));
  await expect(page.getByRole("article", { name: /^best answer/ })).toBeVisible();
  await page.getByLabel("Find a model").fill("llama-3.3-70b");
  await page.getByRole("button", { name: "Llama 3.3 70B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: /Llama 3.3 70B/ });

  await panel.getByText(/^Why, or why not/).click();
  await expect(panel.getByText(/are wanted\.$/)).toBeVisible(); // it would be too slow
  await expect(panel.getByText(/^To have it on the cards, cheapest in quality:/)).toBeVisible();

  await expect(panel.getByText(/^Against .*, the pick:/)).toBeVisible();
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await panel.getByText(/^Why, or why not/).scrollIntoViewIfNeeded();
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "why-not.png") });
  await panel.getByText(/^Why, or why not/).click();

  await panel.getByText("What would make it better here").click();
  await expect(panel.getByText(/^Now: Q4_K_M/)).toBeVisible();

  await page.screenshot({ path: path.join(PICTURE_FOLDER, "optimise.png") });
  await panel.getByText("What would make it better here").click();

  await panel.getByText("Next steps, with commands").click();
  await expect(panel.locator("pre").first()).toHaveText("ollama run llama3.3:70b"); // before any file is made
  const modelfile = panel.locator("pre", { hasText: "num_ctx" });
  await expect(modelfile).toContainText("PARAMETER num_ctx 8192");
  await panel.getByRole("combobox", { name: /^Typed into/ }).selectOption({ label: "PowerShell" });
  await expect(panel.locator("pre", { hasText: "$env:OLLAMA" }).first()).toBeVisible();
  await panel.getByRole("combobox", { name: /^Typed into/ }).selectOption({ label: "sh, bash, zsh" });
  await panel.getByRole("button", { name: "Copy Modelfile" }).click();
  await expect(panel.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain("PARAMETER num_ctx 8192");
  await modelfile.scrollIntoViewIfNeeded();
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "next-steps.png") });

  await panel.getByRole("combobox", { name: /^With/ }).selectOption({ label: "llama.cpp" });
  const server = panel.locator("pre", { hasText: "llama-server" }).first();
  await expect(server).toContainText("-c 8192");
  await panel.getByRole("combobox", { name: /^For/ }).selectOption({ label: "production" });
  await expect(panel.getByText(/^llama.cpp, Q4_K_M/)).toBeVisible();
  await panel.getByRole("combobox", { name: /^With/ }).selectOption({ label: "MLX" });
  await expect(panel.getByText(/^MLX does not run it here/)).toBeVisible();
});

test("commands for another packing than the panel's say so, and those for a chosen one are for that", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByLabel("Find a model").fill("ministral-3-8b");
  await page.getByRole("button", { name: "Ministral 3 8B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: "Ministral 3 8B" });
  await expect(panel).toContainText("As published, at FP8, it fits");
  await panel.getByText("Next steps, with commands").click();
  const note = panel.getByText(/^The figures above are for FP8; these commands are for Q8_0\.$/);
  await expect(note).toBeVisible();
  await expect(
    panel.getByText(/^Ollama, Q8_0\. Ollama does not load it as published, at FP8;/),
  ).toBeVisible();
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "next-steps-fp8.png") });

  const choice = panel.getByRole("combobox", { name: "Quantization", exact: true });
  await choice.selectOption("Q6_K");
  await expect(panel.getByText(/^Ollama, Q6_K\./)).toBeVisible();
  await expect(panel.getByText(/^The figures above are for/)).toBeHidden();
  await choice.selectOption("FP8");
  await expect(panel.getByText(/^vLLM, FP8\. As published, at FP8, it fits/)).toBeVisible();
  await expect(panel.locator("pre", { hasText: "vllm serve" }).first()).toBeVisible();
  await panel.getByRole("combobox", { name: /^With/ }).selectOption({ label: "llama.cpp" });
  await expect(
    panel.getByText(/^llama\.cpp does not load FP8 here\. The figures above are for FP8;/),
  ).toBeVisible();
});

test("a command is copied by keyboard alone in a narrow dark window", async ({ launchFitment }) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await page.emulateMedia({ colorScheme: "dark" });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(720, 900));
  await expect(page.getByRole("article", { name: /^best answer/ })).toBeVisible();
  await page.getByLabel("Find a model").fill("llama-3.1-8b");
  await page.getByRole("button", { name: "Llama 3.1 8B", exact: true }).first().press("Enter");
  const panel = page.getByRole("dialog", { name: "Llama 3.1 8B" });
  await panel.locator("summary", { hasText: "Next steps, with commands" }).press("Enter");
  const copy = panel.getByRole("button", { name: /^Copy the command: Ollama/ }).last();
  await copy.press("Enter");
  await expect(panel.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^ollama run /);
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "next-steps-dark-narrow.png") });
});

test("a file the catalog does not know is looked for, and making it is folded away", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByLabel("Find a model").fill("qwen3.8-27b");
  await page.getByRole("button", { name: "Qwen3.8 27B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: "Qwen3.8 27B" });
  await panel.getByText("Next steps, with commands").click();
  await panel.getByRole("combobox", { name: /^With/ }).selectOption({ label: "llama.cpp" });
  const link = "https://huggingface.co/models?apps=llama.cpp&other=base_model:quantized:Qwen/Qwen3.8-27B";
  await expect(panel.getByRole("button", { name: link })).toBeVisible();
  await expect(panel.locator("pre", { hasText: "-hf OWNER/REPO:" })).toBeVisible();
  const making = panel.locator("pre", { hasText: "convert_hf_to_gguf.py" });
  await expect(making).toBeHidden();
  await panel.getByText("Or, where none is there: make it from Qwen/Qwen3.8-27B").click();
  await expect(making).toBeVisible();
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "next-steps-sought.png") });
});
