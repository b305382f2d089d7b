import { mkdir } from "node:fs/promises";
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
  await expect(speed).toHaveText(/^\s*\d+ to \d+/);
  const lowest = async (): Promise<number> => Number.parseFloat(await speed.innerText());
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
