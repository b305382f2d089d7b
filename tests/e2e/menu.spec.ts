import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { axeComplaints } from "./axe.ts";
import { expect, test } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

/** A line of the native menu, which Playwright cannot see, by its words. */
async function choose(app: ElectronApplication, label: string): Promise<void> {
  await app.evaluate(({ Menu }, wanted) => {
    const lines = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    lines.find((line) => line.label === wanted)?.click();
  }, label);
}

async function isReady(page: Page): Promise<void> {
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
}

test("the menu copies the question and pastes it, and says what came of it", async ({ launchFitment }) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await isReady(page);
  await page.getByLabel("Find a model").fill("qwen");
  await choose(app, "Copy question");
  await expect(page.getByText("The question is on the clipboard.")).toBeVisible();
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^fitment:\?context=8192&.*search=qwen/);

  await app.evaluate(
    ({ clipboard }, text) => clipboard.writeText(text),
    `${copied.replace("8192", "32768")}&colour=blue`,
  );
  await page.getByLabel("Find a model").fill("");
  await choose(app, "Paste question");
  await expect(page.getByRole("alert")).toContainText("Taken but for what means nothing here: colour=blue");
  await expect(page.getByText("With 32,768 tokens of context")).toBeVisible();
  await expect(page.getByLabel("Find a model")).toHaveValue("qwen");

  await app.evaluate(({ clipboard }) => clipboard.writeText("https://example.org"));
  await choose(app, "Paste question");
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("one begins with fitment:?");
  expect(await axeComplaints(page)).toEqual([]);
  await notice.getByRole("button", { name: "Dismiss" }).click();
  await expect(notice).toHaveCount(0);
});

test("the page is given the clipboard for a paste alone, and puts only questions there", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await isReady(page);
  await app.evaluate(({ clipboard }) => clipboard.writeText("a secret"));
  await page.evaluate(() => {
    window.fitment?.onMenuChoice((choice, text) => document.body.setAttribute(`data-${choice}`, text));
  });
  await choose(app, "Copy question");
  await expect(page.locator("body")).toHaveAttribute("data-copy-question", "");
  const answer = await page.evaluate(async () => (await window.fitment?.copyQuestion("a lure"))?.kind);
  expect(answer).toBe("failed");
});

test("the hardware is detected again from the menu, and the shortcuts are listed", async ({
  launchFitment,
}) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await isReady(page);
  await choose(app, "Detect the hardware again");
  // A busy computer may not answer in time, which is said as well.
  const read = page.getByText("The hardware was read again.").or(page.getByRole("alert"));
  await expect(read).toHaveText(/read again|did not answer/, { timeout: 15_000 });

  await choose(app, "Keyboard shortcuts");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText("Copy question")).toBeVisible();
  expect(await axeComplaints(page)).toEqual([]);
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "shortcuts.png") });
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await choose(app, "Keyboard shortcuts");
  await expect(dialog).toBeVisible();
});

test("no two lines of the menu have the same shortcut", async ({ launchFitment }) => {
  const { app } = await launchFitment();
  const accelerators = await app.evaluate(({ Menu }) => {
    const lines = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    return lines.flatMap((line) => {
      const own: unknown = line.accelerator ?? null;
      const usual: unknown = "getDefaultRoleAccelerator" in line ? line.getDefaultRoleAccelerator : null;
      const found: unknown = own ?? (typeof usual === "function" ? usual.call(line) : null);
      if (typeof found !== "string") return [];
      const keys = found.toLowerCase().replace("commandorcontrol", "cmdorctrl").split("+");
      return [keys.sort().join("+")];
    });
  });
  expect(accelerators).toEqual(expect.arrayContaining(["f1", "c+cmdorctrl+shift", "cmdorctrl+r"]));
  expect(new Set(accelerators).size).toBe(accelerators.length);
});

test("F1 itself shows the shortcuts", async ({ launchFitment }) => {
  const { app, page } = await launchFitment(await pretend(DESKTOP));
  await isReady(page);
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.sendInputEvent({ type: "keyDown", keyCode: "F1" });
    window?.webContents.sendInputEvent({ type: "keyUp", keyCode: "F1" });
  });
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});
