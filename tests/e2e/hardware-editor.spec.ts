import { fakeGpu, fakeNvidiaSmi } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";

test("hardware is added, left out, given and put back, and every verdict follows", async ({
  launchFitment,
}) => {
  const toolFolder = await fakeNvidiaSmi([fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564)]);
  const { page } = await launchFitment({ toolFolder });
  const verdict = page
    .locator("tr", { has: page.locator('[id="model-llama-2-70b"]') })
    .locator("span[data-verdict]");
  await page.getByLabel("Find a model").fill("llama-2-70b");
  await expect(verdict).toBeVisible();
  await page.getByRole("button", { name: "Change hardware" }).click();

  await page.getByLabel("RAM", { exact: true }).fill("64GiB");
  await page.keyboard.press("Tab");
  await expect(verdict).toHaveAttribute("data-verdict", "runs-with-offload");

  const toAdd = page.getByLabel("Accelerator to add");
  await toAdd.fill("RTX 4O90");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText('no "RTX 4O90"');
  await toAdd.fill("RTX 3090");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(verdict).toHaveAttribute("data-verdict", "multiple-gpus-here");
  await expect(page.getByText("changed by you")).toBeVisible();
  await expect(page.getByText(/^\d+ more models run: \d+ → \d+\.$/)).toBeVisible();
  await expect(page.getByText(/^Best for chat and instructions as before: [^→]+\.$/)).toBeVisible();

  const free = page.getByLabel("Free now of NVIDIA GeForce RTX 4090");
  await free.fill("40GiB");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("alert")).toContainText("40 GiB cannot be free");
  await free.fill("20GiB");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page.getByText("20.0 GiB free, 4.0 GiB in use")).toBeVisible();

  await page.getByRole("checkbox", { name: /RTX 4090/ }).uncheck();
  await expect(verdict).toHaveAttribute("data-verdict", "runs-with-offload");

  await page.screenshot({ path: "test-results/looks/hardware-editor.png" });
  await page.getByRole("button", { name: "Put back" }).click();
  await expect(page.getByText("changed by you")).toBeHidden();
  await expect(page.getByRole("checkbox", { name: /RTX 4090/ })).toBeChecked();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Change hardware" })).toHaveAttribute(
    "aria-expanded",
    "false",
  );
});

test("the processor is given field by field, and each field is put back by itself", async ({
  launchFitment,
}) => {
  const toolFolder = await fakeNvidiaSmi([fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564)]);
  const { page } = await launchFitment({ toolFolder });
  await page.getByRole("button", { name: "Change hardware" }).click();

  const cores = page.getByLabel("Cores", { exact: true });
  await cores.fill("many");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("alert")).toContainText("not a number of cores");
  await cores.fill("48");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("alert")).toBeHidden();
  await page.getByLabel("RAM bandwidth", { exact: true }).fill("230GB/s");
  await page.keyboard.press("Tab");
  await page.getByLabel("Processor", { exact: true }).fill("AMD EPYC 7402P");
  await page.keyboard.press("Tab");
  await expect(page.getByText("AMD EPYC 7402P, 48 cores")).toBeVisible();
  await expect(page.getByText("230 GB/s, given")).toBeVisible();
  await expect(page.getByText("given by you")).toHaveCount(3);

  await page.getByRole("button", { name: "Cores as detected" }).click();
  await expect(page.getByText("AMD EPYC 7402P, 48 cores")).toBeHidden();
  await expect(page.getByText("given by you")).toHaveCount(2);
  await page.getByRole("button", { name: "Put back" }).click();
  await expect(page.getByText("given by you")).toHaveCount(0);
});
