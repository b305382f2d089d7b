import { mkdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "./launch.ts";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

test("the best answer for a task is on screen with its reasons, and another task has another", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
  const advice = page.getByRole("region", { name: /^Best for/ });
  const best = advice.getByRole("article", { name: /^best answer/ });
  await expect(best).toBeVisible();
  await expect(best).toContainText("Against ");
  const forChat = await best.getByRole("heading").innerText();
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "advice.png") });

  await page.getByRole("combobox", { name: /^For/ }).selectOption({ label: "code" });
  await expect(page.getByRole("heading", { name: "Best for code" })).toBeVisible();
  await expect(advice).toHaveAttribute("aria-busy", "false");
  await page.getByRole("slider", { name: "What counts more" }).focus();
  await page.keyboard.press("End");
  await expect(advice).toHaveAttribute("aria-busy", "false");
  await expect(best.getByRole("heading")).not.toHaveText(forChat);

  await advice.getByText("Quality against speed, everything that fits").click();
  await expect(advice.getByRole("img", { name: /^Quality against speed/ })).toBeVisible();
  await advice.screenshot({ path: path.join(PICTURE_FOLDER, "advice-plane.png") });

  await advice.getByRole("row").nth(1).getByRole("button").click();
  await expect(page.getByRole("heading", { name: "Facts and their sources" })).toBeVisible();
});

test("memory that other programs hold is said on the card and in the panel, and can be left out", async ({
  launchFitment,
}) => {
  const busy = { ...DESKTOP, gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 20000)] };
  const { app, page } = await launchFitment(await pretend(busy));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
  const advice = page.getByRole("region", { name: /^Best for/ });
  const best = advice.getByRole("article", { name: /^best answer/ });
  const needs = /Needs [\d.]+ GiB of NVIDIA GeForce RTX 4090; 4\.5 GiB are free now\./;
  await expect(best).toContainText(needs);
  await expect(best).not.toContainText("left free");
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "advice-busy.png") });

  await best.getByRole("heading").getByRole("button").click();
  const panel = page.getByRole("region", {
    name: await best.getByRole("heading").getByRole("button").innerText(),
  });
  await expect(panel.getByText(needs)).toHaveCount(1);
  await panel.getByRole("button", { name: "Reckon with what is free now" }).click();
  await expect(advice).toHaveAttribute("aria-busy", "false");
  await expect(page.getByText(/GiB are free now/)).toHaveCount(0);
  await page.getByText("More", { exact: true }).click();
  await expect(page.getByRole("checkbox", { name: /^Only memory that is free right now/ })).toBeChecked();
});
