import { availableParallelism, loadavg } from "node:os";
import type { MachineReport } from "#engine/machine.ts";
import { CLI_FILE } from "../../build/project.mjs";
import { runCommand } from "../../build/run-command.mjs";
import { fakeGpu, fakeNvidiaSmi, hangingNvidiaSmi } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";
import { allVerdicts, scrollToModel } from "./model-list.ts";

/** What the terminal tool says of this machine: the window must not say otherwise. */
async function detectInTerminal(): Promise<{
  readonly names: readonly string[];
  readonly acceleratorCount: number;
}> {
  const { stdout } = await runCommand(process.execPath, [CLI_FILE, "detect", "--json"]);
  const report = JSON.parse(stdout) as MachineReport; // this checkout's own tool
  const accelerators = report.accelerators.map(({ name }) => name);
  const names = [report.processor.name, ...accelerators].filter((name) => name !== null);
  return { names, acceleratorCount: accelerators.length };
}

/** From launch, on a machine that does nothing else; longer in proportion where more wants its processors than it has. */
function firstVerdictsWithinMs(): number {
  const waitingShare = (loadavg()[0] ?? 0) / availableParallelism();
  return 5000 * Math.max(1, waitingShare);
}

test("verdicts show within five seconds of launch", async ({ launchFitment }) => {
  const { page, elapsedMs } = await launchFitment();
  const startedMs = Date.now();
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  expect(elapsedMs + Date.now() - startedMs).toBeLessThan(firstVerdictsWithinMs());
});

test("this machine: verdicts, best first, and what they rest on", async ({ launchFitment }) => {
  const { page } = await launchFitment();
  const verdicts = page.locator("tbody span[data-verdict]");
  await expect(verdicts.first()).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole("status").first()).toHaveText(/^\d+ of \d+ models run on this machine$/);
  await expect(page.getByRole("heading", { name: "This machine" })).toBeVisible();
  const machine = page.getByRole("region", { name: "This machine" });
  await expect(machine).toContainText("RAM");
  await expect(machine).toContainText("GiB");
  await machine.getByText("How this was read").click();
  await expect(machine).toContainText("nvidia-smi");

  const detected = await detectInTerminal();
  for (const name of detected.names) await expect(machine).toContainText(name);
  if (detected.acceleratorCount === 0) await expect(machine).toContainText("No GPU found");

  const order = [
    "fits",
    "needs-quantization",
    "multiple-gpus-here",
    "runs-with-offload",
    "multiple-gpus-elsewhere",
    "too-large",
    "unknown",
  ];
  const groups = await allVerdicts(page);
  expect(groups.length).toBeGreaterThan(200);
  const ranks = groups.map((group) => order.indexOf(group));
  expect(ranks).not.toContain(-1);
  // What runs here one way or another is sorted by quality; the rest by its verdict.
  const places = ranks.map((rank) => Math.max(rank, order.indexOf("runs-with-offload")));
  expect(places).toEqual([...places].sort((one, other) => one - other));
});

test("two unlike cards: each is shown with its memory, and models are split over both", async ({
  launchFitment,
}) => {
  const toolFolder = await fakeNvidiaSmi([
    fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 1024),
    fakeGpu(1, "NVIDIA GeForce RTX 3060", 12288),
  ]);
  const { page } = await launchFitment({ toolFolder });
  const machine = page.getByRole("region", { name: "This machine" });
  await expect(machine).toContainText("RTX 4090");
  await expect(machine).toContainText("24.0 GiB");
  await expect(machine).toContainText("1.0 GiB in use");
  await expect(machine).toContainText("RTX 3060");
  await expect(machine).toContainText("12.0 GiB");

  const verdictOf = (id: string): ReturnType<typeof page.locator> =>
    page.locator("tr", { has: page.locator(`[id="model-${id}"]`) }).locator("span[data-verdict]");
  await expect(page.getByRole("article").first()).toBeVisible();
  for (const [id, verdict] of [
    ["llama-3-8b", "fits"],
    ["yi-34b", "needs-quantization"],
    ["mixtral-8x7b", "multiple-gpus-here"],
  ] as const) {
    await scrollToModel(page, id);
    await expect(verdictOf(id)).toHaveAttribute("data-verdict", verdict);
  }

  await page.locator('[id="model-mixtral-8x7b"]').click();
  const panel = page.getByRole("region", { name: "Mixtral 8x7B" });
  await expect(panel).toContainText("No single card holds it");
  for (const word of ["RTX 4090", "RTX 3060", "Weights", "KV cache", "Room left", "8,192 tokens"]) {
    await expect(panel).toContainText(word);
  }
});

test("a context of 131,072 tokens changes every verdict at once, and Escape closes the breakdown", async ({
  launchFitment,
}) => {
  const toolFolder = await fakeNvidiaSmi([fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564)]);
  const { page } = await launchFitment({ toolFolder });
  const verdict = page
    .locator("tr", { has: page.locator('[id="model-llama-3.1-8b"]') })
    .locator("span[data-verdict]");
  await page.getByLabel("Find a model").fill("llama-3.1-8b");
  await expect(verdict).toHaveAttribute("data-verdict", "fits");
  await page.getByRole("slider", { name: "Context length" }).fill("17");
  await expect(verdict).toHaveAttribute("data-verdict", "needs-quantization");
  await expect(page.getByText("With 131,072 tokens of context")).toBeVisible();

  await page.locator('[id="model-llama-3.1-8b"]').focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Context: 131,072 tokens.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Context: 131,072 tokens.")).toBeHidden();
  await expect(page.locator('[id="model-llama-3.1-8b"]')).toBeFocused();
});

test("an nvidia-smi that hangs: the window answers with the rest and says which source failed", async ({
  launchFitment,
}) => {
  const toolFolder = await hangingNvidiaSmi();
  const { page } = await launchFitment({ toolFolder });
  const machine = page.getByRole("region", { name: "This machine" });
  await expect(machine).toContainText("nvidia-smi did not answer.", { timeout: 8000 });
  await machine.getByRole("button", { name: "See what they said" }).click();
  await expect(machine.getByRole("row", { name: /^nvidia-smi Failed/ })).toBeVisible();
  await expect(machine).toContainText("RAM");
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await expect(machine.getByRole("button", { name: "Detect again" })).toBeEnabled();
});

test("how fast RAM is copied is measured when asked, while the window goes on", async ({ launchFitment }) => {
  const { page } = await launchFitment();
  const machine = page.getByRole("region", { name: "This machine" });
  await machine.getByRole("button", { name: "Measure how fast it is" }).click();
  await expect(machine.getByText(/^[\d.,]+ GB\/s when copied on/)).toBeVisible({ timeout: 15_000 });
  await expect(machine.getByRole("button", { name: "Measure again" })).toBeEnabled();
  await machine.screenshot({ path: "test-results/looks/measured-ram.png" });
  await machine.getByRole("button", { name: "Forget the measurement" }).click();
  await expect(machine.getByText(/GB\/s when copied on/)).toBeHidden();
});
