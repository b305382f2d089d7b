import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";
import { pretend } from "./pretended-machine.ts";

const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

test("each row says how fast the model answers, the panel what that rests on; more context slows it", async ({
  launchFitment,
}) => {
  const { page } = await launchFitment(
    await pretend({
      processorName: "AMD Ryzen 9 7950X 16-Core Processor",
      coreCount: 16,
      ramMiB: 64_000,
      gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 500)],
    }),
  );
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByLabel("Find a model").fill("llama-3.1-8b");
  const row = page.locator("tr", { has: page.locator('[id="model-llama-3.1-8b"]') });
  const speed = row.locator("td.speed");
  await expect(async () => {
    await speed.scrollIntoViewIfNeeded(); // the answer above it comes later and moves it
    await expect(speed).toHaveText(/^\s*\d+ to \d+/, { timeout: 1000 });
  }).toPass();
  const lowest = async (): Promise<number> => {
    await speed.scrollIntoViewIfNeeded(); // speeds are told near the screen
    return Number.parseFloat(await speed.innerText());
  };
  const short = await lowest();

  await page.getByRole("button", { name: "Llama 3.1 8B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: /Llama 3.1 8B/ });
  await expect(panel.getByRole("heading", { name: "Speed" })).toBeVisible();
  await expect(panel.getByText(/^Writes \d+ to \d+ tokens\/s .* after 8,192 tokens\.$/)).toBeVisible();
  await expect(
    panel.getByText(/measured rates of \d+ devices of its generation \(ada, cuda\)/),
  ).toBeVisible();
  await mkdir(PICTURE_FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(PICTURE_FOLDER, "speed.png") });

  await page.getByRole("slider", { name: "Context length" }).fill("15");
  await expect.poll(lowest).toBeLessThan(short);
});

test("a rate measured on this machine is kept, narrows the range, and can be forgotten", async ({
  launchFitment,
}) => {
  const dataFolder = await mkdtemp(path.join(tmpdir(), "fitment-rates-"));
  const pretended = await pretend({
    processorName: "AMD Ryzen 9 7950X 16-Core Processor",
    coreCount: 16,
    ramMiB: 64_000,
    gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 500)],
  });
  const { page } = await launchFitment({
    ...pretended,
    environment: { ...pretended.environment, FITMENT_DATA_DIR: dataFolder },
    temporaryFolders: [...(pretended.temporaryFolders ?? []), dataFolder],
  });
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await page.getByLabel("Find a model").fill("llama-3.1-8b");
  await page.getByRole("button", { name: "Llama 3.1 8B", exact: true }).first().click();
  const panel = page.getByRole("region", { name: /Llama 3.1 8B/ });
  await panel.getByText("Measured it on this machine?").click();
  await panel.getByLabel(/^Tokens\/s written/).fill("many");
  await panel.getByRole("button", { name: "Keep" }).click();
  await expect(panel.getByRole("alert")).toHaveText('"many" is no rate: tokens per second, such as 93.5.');

  await panel.getByLabel(/^Tokens\/s written/).fill("44.5");
  await panel.getByRole("button", { name: "Keep" }).click();
  await expect(panel.getByText(/^Kept: 44\.5 tokens\/s/)).toBeVisible();
  await expect(panel.getByText("Narrowed by rates measured on this machine.")).toBeVisible();

  await panel.getByRole("button", { name: "Forget all 1 measured rate" }).click();
  await expect(panel.getByText("Narrowed by rates measured on this machine.")).toBeHidden();
});
