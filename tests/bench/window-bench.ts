import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import type { Page } from "@playwright/test";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { launchFitment } from "../e2e/launch.ts";
import { pretend } from "../e2e/pretended-machine.ts";

const LAUNCH_COUNT = 5;
const STEP_COUNT = 60;

const EIGHT_CARDS = {
  processorName: "AMD EPYC 9654 96-Core Processor",
  coreCount: 96,
  ramMiB: 512 * 1024,
  gpus: Array.from({ length: 8 }, (_unused, index) => fakeGpu(index, "NVIDIA H100 80GB HBM3", 81559, 4)),
};

/** The built app in a real Electron: from its launch to the first verdicts, and from a slider's step to its frame. */
export async function printWindowBench(print: (line: string) => void): Promise<void> {
  const userDataFolder = await mkdtemp(path.join(tmpdir(), "fitment-bench-"));
  // One for all launches, else each would be of another computer, which knows no machine of last time.
  const { temporaryFolders = [], ...machine } = await pretend(EIGHT_CARDS);
  const launches: number[] = [];
  const steps: number[] = [];
  for (let run = 0; run <= LAUNCH_COUNT; run += 1) {
    const startMs = performance.now();
    const launched = await launchFitment({ ...machine, userDataFolder });
    const { page } = launched;
    await page.locator("tbody span[data-verdict]").first().waitFor();
    if (run > 0) launches.push(performance.now() - startMs); // the first fills Chromium's own caches
    await page.getByText("From last time").waitFor({ state: "detached" }); // the detection, which is kept for the next
    if (run === LAUNCH_COUNT) steps.push(...(await frameTimes(page)));
    await launched.close();
  }
  for (const folder of [userDataFolder, ...temporaryFolders])
    await rm(folder, { recursive: true, force: true });
  print(line("launch to the first verdicts, 8 cards, Playwright's own start included", launches, 1500));
  print(line("a step of the context slider to its painted frame, 8 cards", steps, 50));
}

/** Each step waits for the frame after it, as an eye does. */
async function frameTimes(page: Page): Promise<readonly number[]> {
  await page.getByRole("article").first().waitFor();
  const slider = page.getByRole("slider", { name: "Context length" });
  return await slider.evaluate(async (element, stepCount) => {
    const input = element as HTMLInputElement; // a range
    const [low, high] = [Number(input.min), Number(input.max)];
    const times: number[] = [];
    for (let step = 0; step < stepCount; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, 150)); // a hand's pace
      const startMs = window.performance.now();
      input.value = String(low + (step % (high - low + 1))); // another position each time, as a hand's
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      times.push(window.performance.now() - startMs);
    }
    return times;
  }, STEP_COUNT);
}

function line(what: string, elapsedMs: readonly number[], targetMs: number): string {
  const sorted = [...elapsedMs].sort((one, other) => one - other);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
  return `${what}: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms (${sorted.length} runs, wanted ${targetMs} ms)`;
}
