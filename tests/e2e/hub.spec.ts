import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { llama3, qwen3Moe } from "../catalog/gguf/models.ts";
import { CONFIGS } from "../catalog/hub/configs.ts";
import { startHub, type HubServer } from "../catalog/hub/hub-server.ts";
import { axeComplaints } from "./axe.ts";
import { expect, test } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

/** A hub on this computer, with a model of each kind of answer. */
async function localHub(): Promise<HubServer> {
  const config = JSON.stringify(CONFIGS["llama-3-8b"]);
  return await startHub(
    {
      "acme/Tuned-8B": { files: { "config.json": config, "model.safetensors": "" } },
      "acme/Many-GGUF": { files: { "a.Q8_0.gguf": qwen3Moe(), "b.Q4_K_M.gguf": llama3() } },
      "acme/Silent": {},
    },
    { "/api/models/acme/Silent": "hang", "/api/models/acme/Gated": { status: 403 } },
  );
}

async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, `${name}.png`) });
}

test("a model of Hugging Face is added by its id; what goes wrong is said at the field, and what was typed stays", async ({
  launchFitment,
}) => {
  const hub = await localHub();
  const pretended = await pretend(DESKTOP);
  const environment = { ...pretended.environment, HF_ENDPOINT: hub.endpoint };
  const { app, page } = await launchFitment({ ...pretended, environment });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 1000));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();

  const opener = page.getByRole("button", { name: "Add a model…" });
  await opener.click();
  const form = page.getByRole("form", { name: "Add a model from Hugging Face" });
  const field = form.getByLabel("Model on Hugging Face");
  await expect(field).toBeFocused();

  await field.fill("acme/Nothing");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("alert")).toContainText("no such model");
  await expect(field).toHaveValue("acme/Nothing");
  await field.fill("no id at all");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("alert")).toContainText(/owner\/name|ORG\/NAME/i);
  await field.fill("acme/Gated");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("alert")).toContainText(/gated|HF_TOKEN/i);
  await picture(page, "hub-failure");

  await field.fill("acme/Silent");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("status")).toContainText("acme/Silent: file list");
  await picture(page, "hub-reading");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(form).toBeHidden();
  await expect(opener).toBeFocused();

  await opener.click();
  await field.fill("acme/Many-GGUF");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("button", { name: "b.Q4_K_M.gguf" })).toBeVisible();
  await picture(page, "hub-files");
  expect(await axeComplaints(page)).toEqual([]);
  await form.getByRole("button", { name: "b.Q4_K_M.gguf" }).click();
  await expect(page.locator('[id="model-b.q4-k-m"]')).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");

  await opener.click();
  await field.fill("acme/Tuned-8B");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Tuned-8B", exact: true })).toBeFocused();
  await expect(page.getByText("Added Tuned-8B.")).toBeVisible();
  await expect(page.locator('[id="model-tuned-8b"]')).toHaveAttribute("aria-expanded", "true");
  await picture(page, "hub-added");
  await hub.stop();
});

test("without a network that is said in words, in a narrow dark window", async ({ launchFitment }) => {
  const hub = await localHub();
  await hub.stop();
  const pretended = await pretend(DESKTOP);
  const environment = { ...pretended.environment, HF_ENDPOINT: hub.endpoint };
  const { app, page } = await launchFitment({ ...pretended, environment });
  await page.emulateMedia({ colorScheme: "dark" });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(480, 900));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByRole("button", { name: "Add a model…" }).click();
  await page.getByLabel("Model on Hugging Face").fill("acme/Tuned-8B");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText(/not be reached|no network|offline/i);
  await picture(page, "hub-offline-narrow");
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
});
