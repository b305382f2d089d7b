import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";
import { pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

/** One card that another program half fills. */
const BUSY = {
  processorName: "AMD Ryzen 9 7950X 16-Core Processor",
  coreCount: 16,
  ramMiB: 64_000,
  gpus: [
    fakeGpu(0, "NVIDIA GeForce RTX 3090", 24576, 12_000),
    fakeGpu(1, "NVIDIA GeForce RTX 3090", 24576, 300),
  ],
};

test("a model's panel says how far it goes, what would change it, and how it runs elsewhere", async ({
  launchFitment,
}) => {
  const { page } = await launchFitment(await pretend(BUSY));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByLabel("Find a model").fill("mixtral-8x22b");
  await page.getByRole("button", { name: "Mixtral 8x22B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: /Mixtral 8x22B/ });
  await expect(panel.getByRole("heading", { name: "How far it goes here" })).toBeVisible();
  await expect(panel.getByRole("row", { name: /^Context that fits/ })).toContainText("none");

  await panel.getByText("How the memory comes about").click();
  await expect(panel.getByText(/cells × 8 heads × \(128 \+ 128\) in f16/)).toBeVisible();

  await panel.getByText(/^What hardware would hold it/).click();
  await expect(panel.getByText(/^1 × \d+\.\d GiB: /).first()).toBeVisible();

  await panel.getByText("The same under other runtimes").click();
  await expect(panel.getByText("MLX runs on macOS, and this machine has Linux.")).toBeVisible();

  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "plan.png") });
});

test("a runtime and the memory that is free now change the verdicts", async ({ launchFitment }) => {
  const { page } = await launchFitment(await pretend(BUSY));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByLabel("Find a model").fill("llama-2-70b");
  const verdict = page.locator("tbody span[data-verdict]").first();
  await expect(verdict).toHaveText(/needs multiple GPUs, here/);
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Only memory that is free right now").check();
  await expect(verdict).toHaveText(/runs with offload/);
  await page.getByLabel("Only memory that is free right now").uncheck();
  await page.getByRole("combobox", { name: /^Runtime/ }).selectOption({ label: "MLX" });
  await expect(verdict).toHaveText(/unknown/);
  await page.getByRole("combobox", { name: /^Runtime/ }).selectOption({ label: "llama.cpp, as usual" });
  await page.getByRole("combobox", { name: /^Several cards/ }).selectOption({ label: "by tensors" });
  await expect(verdict).toHaveText(/needs multiple GPUs, here/);
});
