import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

test("the machine of last time is shown at once and marked, until it has been read again", async ({
  launchFitment,
}) => {
  const userDataFolder = await mkdtemp(path.join(tmpdir(), "fitment-last-"));
  const machine = await pretend({
    processorName: "AMD Ryzen 9 7950X 16-Core Processor",
    coreCount: 16,
    ramMiB: 65_536,
    gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4090", 24_564, 500)],
  });
  const { temporaryFolders = [], ...options } = machine;
  const first = await launchFitment({ ...options, userDataFolder });
  await expect(first.page.getByRole("button", { name: "Detect again" })).toBeVisible();
  await expect(first.page.getByText("From last time")).toHaveCount(0);
  await first.app.close();

  // The same computer, whose tool now never answers: this run's detection ends at its deadline.
  const tool = path.join(machine.environment?.FITMENT_PROBE_PATH ?? "", "nvidia-smi");
  await writeFile(tool, "#!/bin/sh\nwhile :; do sleep 1; done\n");
  await chmod(tool, 0o755);
  const second = await launchFitment({
    ...options,
    userDataFolder,
    temporaryFolders: [...temporaryFolders, userDataFolder],
  });
  const { page } = second;
  // All at one moment: the detection ends meanwhile.
  await expect
    .poll(async () => await page.evaluate(whatIsSaid), { intervals: [50] })
    .toEqual({ isMarked: true, hasCard: true, hasProgress: true, hasVerdicts: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "last-machine.png") });
  await expect(page.getByText("From last time")).toHaveCount(0, { timeout: 10_000 });
  await expect(page.getByRole("heading", { name: /RTX 4090/ })).toHaveCount(0);
});

test("a later start has the list in its order from the first line on, before any quality is read", async ({
  launchFitment,
}) => {
  const userDataFolder = await mkdtemp(path.join(tmpdir(), "fitment-order-"));
  const { temporaryFolders = [], ...options } = await pretend(DESKTOP);
  const first = await launchFitment({ ...options, userDataFolder });
  await expect(first.page.locator("tbody td.quality").first()).toHaveText(/\d+ \(\d+ to \d+\)/);
  const kept = async (): Promise<string | null> =>
    await first.page.evaluate(() => localStorage.getItem("list-order"));
  await expect.poll(kept).not.toBeNull();
  const best = await first.page.locator("tbody th button").first().innerText();
  await first.app.close();

  const folders = [...temporaryFolders, userDataFolder];
  const { page } = await launchFitment({ ...options, userDataFolder, temporaryFolders: folders });
  expect(await page.evaluate(firstLinesUntilScored)).toEqual([best]);
});

/** Runs in the page, at each frame: every model that was the first of the list. */
async function firstLinesUntilScored(): Promise<readonly string[]> {
  const seen = new Set<string>();
  for (let isScored = false; !isScored;) {
    const name = document.querySelector("tbody th button")?.textContent.trim();
    if (name !== undefined) seen.add(name);
    isScored = /\d \(\d/.test(document.querySelector("tbody td.quality")?.textContent ?? "");
    await new Promise(requestAnimationFrame);
  }
  return [...seen];
}

/** Runs in the page. */
function whatIsSaid(): Readonly<Record<string, boolean>> {
  const text = document.body.innerText;
  return {
    isMarked: /From last time \(.+\); reading again…/.test(text),
    hasCard: text.includes("RTX 4090"),
    hasProgress: /\d+ of \d+ sources have answered/.test(text),
    hasVerdicts: document.querySelector("tbody span[data-verdict]") !== null,
  };
}
