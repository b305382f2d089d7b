import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fakeGpu, fakeNvidiaSmi } from "../fixtures/fake-nvidia-smi.ts";
import { expect, test } from "./launch.ts";

/** Pictures of the opened facts, to be looked at. */
const PICTURE_FOLDER = path.join(import.meta.dirname, "../../test-results/looks");

test("a card's facts and sources: its memory as a sum, each fact with its source, and who contradicts it", async ({
  launchFitment,
}) => {
  const toolFolder = await fakeNvidiaSmi([
    {
      ...fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 1024),
      "memory.reserved": "436",
      "memory.free": "23104",
      display_active: "Enabled",
    },
    fakeGpu(1, "NVIDIA GeForce RTX 3060", 10240),
  ]);
  const { page } = await launchFitment({ toolFolder });
  const machine = page.getByRole("region", { name: "This machine" });
  const card = machine.getByRole("article").filter({ hasText: "RTX 4090" });
  await expect(card.getByText("Usable when idle")).toBeHidden();
  await card.getByText("Facts and sources").click();

  const sum = card.getByRole("table", { name: "Memory of NVIDIA GeForce RTX 4090 for models" });
  await expect(sum.getByRole("row")).toHaveText([
    /Reported total\s*23\.99 GiB/,
    /−\s*Reserve\s*0\.50 GiB/,
    /=\s*Usable when idle\s*23\.49 GiB/,
    /−\s*In use now\s*1\.00 GiB/,
    /=\s*Usable right now\s*22\.49 GiB/,
  ]);
  await expect(card).toContainText(/Memory bandwidth\s*1008 GB\/s\s*Source:\s*card database/);
  await expect(card).toContainText(
    /Kept by the driver\s*436 MiB\s*Source:\s*nvidia-smi, read\s*\d\d:\d\d:\d\d/,
  );
  await expect(card).not.toContainText("Sources disagree");

  const other = machine.getByRole("article").filter({ hasText: "RTX 3060" });
  await other.getByText("Facts and sources").click();
  await expect(other).toContainText("Sources disagree: 10.0 GiB (nvidia-smi); card database says 12.0 GiB");

  await mkdir(PICTURE_FOLDER, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(PICTURE_FOLDER, `accelerator-facts-${colorScheme}.png`) });
  }
});
