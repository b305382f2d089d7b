import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./launch.ts";
import { scrollToModel } from "./model-list.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

async function keptFolder(): Promise<string> {
  return await mkdtemp(path.join(tmpdir(), "fitment-kept-"));
}

/** Waits for the list, so that the catalog and the settings are there. */
async function isReady(page: Page): Promise<void> {
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
}

test("the window's place and the scenario are there again after a restart", async ({ launchFitment }) => {
  const userDataFolder = await keptFolder();
  const first = await launchFitment({ userDataFolder });
  await isReady(first.page);
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 40, width: 900, height: 640 }),
  );
  await first.page.getByRole("radio", { name: "q8_0" }).check();
  await first.app.close();

  const kept: unknown = JSON.parse(await readFile(path.join(userDataFolder, "settings.json"), "utf8"));
  expect(kept).toMatchObject({ version: 1, scenario: { keyCacheType: "q8_0", valueCacheType: "q8_0" } });
  const second = await launchFitment({ userDataFolder, temporaryFolders: [userDataFolder] });
  await isReady(second.page);
  await expect(second.page.getByRole("radio", { name: "q8_0" })).toBeChecked();
  const bounds = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(bounds).toEqual({ x: 60, y: 40, width: 900, height: 640 });
});

test("what was asked is there again after a restart, can be copied, and is pasted elsewhere", async ({
  launchFitment,
}) => {
  const userDataFolder = await keptFolder();
  const first = await launchFitment({ userDataFolder });
  await isReady(first.page);
  await first.page
    .getByRole("combobox", { name: /^For\b/ })
    .first()
    .selectOption("code");
  await first.page.getByLabel("Find a model").fill("qwen");
  await first.page.getByLabel("Group by verdict").check();
  await first.page.getByText("More", { exact: true }).click();
  await first.page.getByRole("button", { name: "Copy this question" }).click();
  await expect(first.page.getByText("Copied", { exact: true })).toBeVisible();
  const copied = await first.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^fitment:\?context=8192&.*task=code.*search=qwen/);
  await expect
    .poll(async () => await readFile(path.join(userDataFolder, "settings.json"), "utf8").catch(() => ""))
    .toContain('"search":"qwen"'.replace(":", ": "));
  await first.app.close();

  const second = await launchFitment({ userDataFolder, temporaryFolders: [userDataFolder] });
  await isReady(second.page);
  await expect(second.page.getByRole("region", { name: "Best for code" })).toBeVisible();
  await expect(second.page.getByLabel("Find a model")).toHaveValue("qwen");
  await expect(second.page.getByLabel("Group by verdict")).toBeChecked();

  const third = await launchFitment();
  await isReady(third.page);
  await third.page.getByText("More", { exact: true }).click();
  const field = third.page.getByLabel("or paste one");
  await field.fill(`${copied}&compare1=gone-9b`);
  await field.press("Enter");
  await expect(third.page.getByRole("alert")).toHaveText(
    "Taken but for what means nothing here: compare1=gone-9b",
  );
  await expect(third.page.getByLabel("Find a model")).toHaveValue("qwen");
  await field.fill("fitment:?task=blah&context=banana&foo=1");
  await field.press("Enter");
  await expect(third.page.getByRole("alert")).toHaveText(
    "Nothing was taken; this means nothing here: task=blah, context=banana, foo=1",
  );
  await expect(third.page.getByLabel("Find a model")).toHaveValue("qwen");
  await field.fill("https://example.org");
  await field.press("Enter");
  await expect(third.page.getByRole("alert")).toContainText("one begins with fitment:?");
  await expect(third.page.getByLabel("Find a model")).toHaveValue("qwen");
});

test("changed hardware and the opened model are there again after a restart, marked, until they are put back", async ({
  launchFitment,
}) => {
  const userDataFolder = await keptFolder();
  const { temporaryFolders = [], ...machine } = await pretend(DESKTOP);
  const first = await launchFitment({ ...machine, userDataFolder });
  await isReady(first.page);
  await first.page.getByRole("button", { name: "Change hardware" }).click();
  await first.page.getByLabel("Accelerator to add").fill("2x RTX 3090");
  await first.page.keyboard.press("Enter");
  await expect(first.page.getByText("changed by you")).toBeVisible();
  await first.page.getByLabel("RAM", { exact: true }).fill("128GiB");
  await first.page.keyboard.press("Tab");
  await (await scrollToModel(first.page, "llama-3-8b")).click();
  await expect(first.page.getByRole("heading", { name: "Llama 3 8B", exact: true })).toBeVisible();
  await first.app.close();

  const second = await launchFitment({ ...machine, userDataFolder });
  const { page } = second;
  await isReady(page);
  await expect(page.getByText("The hardware is still as you changed it last time.")).toBeVisible();
  await expect(page.getByText("changed by you")).toBeVisible();
  await expect(page.getByRole("heading", { level: 3, name: /RTX 3090/ })).toHaveCount(2);
  await expect(page.getByText("128.0 GiB").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Llama 3 8B", exact: true })).toBeVisible();
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "hardware-of-last-time.png") });
  await second.page.getByRole("button", { name: "Put back" }).click();
  await expect(page.getByRole("heading", { level: 3, name: /RTX 3090/ })).toHaveCount(0);
  await expect(page.getByText("changed by you")).toHaveCount(0);
  await second.app.close();

  const third = await launchFitment({
    ...machine,
    userDataFolder,
    temporaryFolders: [...temporaryFolders, userDataFolder],
  });
  await isReady(third.page);
  await expect(third.page.getByRole("heading", { level: 3, name: /RTX 4090/ })).toBeVisible();
  await expect(third.page.getByText(/changed (by you|it last time)/)).toHaveCount(0);
});

for (const { what, hardware, says } of [
  {
    what: "a card that the catalog no longer has",
    hardware: {
      leftOutIds: [],
      added: ["RTX 9999 Never"],
      ram: "128GiB",
      freeById: {},
      processor: { name: null, cores: null, ramBandwidth: null },
    },
    says: /do not hold any more and were put back: .*RTX 9999 Never/,
  },
  { what: "nothing that can be read", hardware: { added: 7 }, says: /could not be read again/ },
]) {
  test(`of hardware kept with ${what} a notice is left, and every other setting`, async ({
    launchFitment,
  }) => {
    const userDataFolder = await keptFolder();
    const file = path.join(userDataFolder, "settings.json");
    const scenario = { contextLength: 32_768, task: "code" };
    await writeFile(file, JSON.stringify({ version: 1, window: null, scenario, language: null, hardware }));
    const { temporaryFolders = [], ...machine } = await pretend(DESKTOP);
    const { page } = await launchFitment({
      ...machine,
      userDataFolder,
      temporaryFolders: [...temporaryFolders, userDataFolder],
    });
    await isReady(page);
    const notice = page.getByRole("region", { name: "This machine" }).getByRole("alert");
    await expect(notice).toContainText(says);
    await expect(page.getByText("With 32,768 tokens of context")).toBeVisible();
    await expect(page.getByText("changed by you")).toHaveCount(0);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect(notice).toHaveCount(0);
    await expect.poll(async () => await readFile(file, "utf8")).toContain('"hardware": null');
  });
}

test("damaged settings are kept aside, said so, and the app starts with its defaults", async ({
  launchFitment,
}) => {
  const userDataFolder = await keptFolder();
  await writeFile(path.join(userDataFolder, "settings.json"), "{ not JSON");
  const { page } = await launchFitment({ userDataFolder, temporaryFolders: [userDataFolder] });
  await isReady(page);
  await expect(page.getByRole("alert")).toContainText(
    "The settings could not be read (the file is not JSON)",
  );
  const aside = path.join(userDataFolder, "settings.damaged.json");
  expect(await readFile(aside, "utf8")).toBe("{ not JSON");
});

test("settings that cannot be written are said to be, and the choice holds", async ({ launchFitment }) => {
  const userDataFolder = await keptFolder();
  const { page } = await launchFitment({ userDataFolder, temporaryFolders: [userDataFolder] });
  await isReady(page);
  // The backup's place is taken by a folder, as good as a disk that says no also to those who may write anywhere.
  await page.getByRole("radio", { name: "q8_0" }).check();
  await expect
    .poll(() => readFile(path.join(userDataFolder, "settings.json"), "utf8").catch(() => ""))
    .toContain("q8_0");
  await rm(path.join(userDataFolder, "settings.backup.json"), { force: true });
  await mkdir(path.join(userDataFolder, "settings.backup.json", "taken"), { recursive: true });
  await page.getByRole("radio", { name: "f16" }).check();
  await expect(page.getByRole("alert")).toContainText("The settings could not be kept: EISDIR");
  await expect(page.getByRole("radio", { name: "f16" })).toBeChecked();
});
