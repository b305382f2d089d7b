import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ElectronApplication, Page } from "@playwright/test";
import { startHub } from "../catalog/hub/hub-server.ts";
import { expect, test } from "./launch.ts";
import { scrollToModel } from "./model-list.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

/** As a person says it who runs this: another language, to look at its pictures. */
const TAG = "de";
const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");
const messages = messagesOf(path.join(import.meta.dirname, "../../src/words", TAG));

function messagesOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const areas = files.map((name): unknown => JSON.parse(readFileSync(path.join(folder, name), "utf8")));
  return new Map(areas.flatMap((area) => Object.entries(area as Record<string, string>))); // as the language's index has them
}

/** What the window calls something that is called so in English. */
function said(english: string): string {
  return messages.get(english) ?? english;
}

/** Words of English that German, Spanish and French do not have. */
const ENGLISH = /\b(the|of|is|and|for|with|are|that|not|by|from|has|its|which|were|this|be|to|it)\b/gi;

/** Sentences of another language than that of the page, and not marked as such, where a text has so many such words. */
async function englishOn(page: Page, leastWords: number): Promise<readonly string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const isMarked = node.parentElement?.closest('[lang="en"], pre, code, script, style') !== null;
      if (!isMarked) found.push(node.textContent ?? "");
    }
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext", "aria-description"])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (element.closest('[lang="en"]') === null) found.push(element.getAttribute(name) ?? "");
    return found.map((text) => text.replaceAll(/\s+/g, " ").trim());
  });
  return [...new Set(texts)].filter((text) => (text.match(ENGLISH) ?? []).length >= leastWords);
}

/** Opens all that is folded, also what shows only then. */
async function unfold(page: Page): Promise<void> {
  for (let depth = 0; depth < 3; depth += 1) {
    await page.evaluate(() => {
      for (const summary of document.querySelectorAll<HTMLElement>("details:not([open]) > summary"))
        summary.click();
    });
    await page.waitForTimeout(150);
  }
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

async function chooseInMenu(app: ElectronApplication, label: string): Promise<void> {
  await app.evaluate(({ Menu }, wanted) => {
    const lines = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    lines.find((line) => line.label === wanted)?.click();
  }, label);
}

interface Looked {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Looks at all that is in the window now, and keeps a picture of it. */
  readonly look: (where: string) => Promise<void>;
}

async function lookAtPage({ page, look }: Looked): Promise<void> {
  await unfold(page);
  await look("page");
  for (const id of ["qwen3.5-35b-a3b", "command-a"]) {
    await (await scrollToModel(page, id)).click();
    await unfold(page);
    await look(`panel-${id}`);
    await page.getByRole("button", { name: said("Close"), exact: true }).click();
  }
}

/** Each field with what nobody can mean. */
async function lookAtHardware({ page, look }: Looked): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.getByRole("button", { name: said("Change hardware") }).click();
  for (const [label, text] of [
    ["Accelerator to add", "RTX 4O90"],
    ["RAM", "much"],
    ["RAM bandwidth", "fast"],
  ] as const) {
    await page.getByLabel(said(label), { exact: true }).fill(text);
    await page.keyboard.press(label === "Accelerator to add" ? "Enter" : "Tab");
  }
  await expect(page.getByRole("alert").filter({ hasText: "RTX 4O90" })).toBeVisible();
  await look("hardware");
  await page.getByRole("button", { name: said("Done") }).click();
}

async function lookAtDialogs({ app, page, look }: Looked): Promise<void> {
  const pins = page.getByRole("article").locator("button[aria-pressed]");
  await pins.first().click();
  await pins.nth(1).click();
  await page.getByRole("button", { name: said("Compare ({count})").replace("{count}", "2") }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("compare");
  await page.keyboard.press("Escape");

  const catalogOf = new RegExp(`^${said("Catalog of {date}").replace("{date}", ".+")}`);
  await page.getByRole("button", { name: catalogOf }).click();
  const address = page.getByLabel(said("Address of a newer catalog (optional)"));
  await address.fill("http://example.org/catalog.json");
  await page.getByRole("button", { name: said("Refresh"), exact: true }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await look("catalog");
  await page.keyboard.press("Escape");

  await chooseInMenu(app, said("Keyboard shortcuts"));
  await expect(page.getByRole("dialog")).toBeVisible();
  await look("shortcuts");
  await page.keyboard.press("Escape");
}

/** A name that nobody has, and a file that is no model. */
async function lookAtAddedModels({ page, look }: Looked, broken: string): Promise<void> {
  await page.getByRole("button", { name: said("Add a model…") }).click();
  await page.getByLabel(said("Model on Hugging Face")).fill("acme/Nothing");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("alert").first()).not.toBeEmpty();
  await look("hub");
  await page.getByRole("tab", { name: said("A GGUF file") }).click();
  await page.getByLabel(said("Model file to add, or all parts of a split one")).setInputFiles([broken]);
  await expect(page.getByRole("alert").filter({ hasText: "broken.gguf" })).toBeVisible();
  await look("file");
}

test("in another language no sentence is English, unless it is marked as that", async ({ launchFitment }) => {
  const hub = await startHub({});
  const folder = await mkdtemp(path.join(tmpdir(), "fitment-broken-"));
  const broken = path.join(folder, "broken.gguf");
  await writeFile(broken, "GGUF, but not really");
  const pretended = await pretend(DESKTOP);
  const environment = { ...pretended.environment, HF_ENDPOINT: hub.endpoint, FITMENT_LANGUAGE: TAG };
  const temporaryFolders = [...(pretended.temporaryFolders ?? []), folder];
  const { app, page } = await launchFitment({ ...pretended, environment, temporaryFolders });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1400, 1000));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await expect(page.getByRole("article").first()).toBeVisible();

  const look = async (where: string): Promise<void> => {
    await mkdir(PICTURE_FOLDER, { recursive: true });
    await page.screenshot({ path: path.join(PICTURE_FOLDER, `language-${TAG}-${where}.png`) });
    expect(await englishOn(page, 2), where).toEqual([]);
  };
  const looked = { app, page, look };
  await lookAtPage(looked);
  await lookAtHardware(looked);
  await lookAtDialogs(looked);
  await lookAtAddedModels(looked, broken);
  await hub.stop();
});
