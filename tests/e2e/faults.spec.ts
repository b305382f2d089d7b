import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ElectronApplication } from "@playwright/test";
import { electronExecutable } from "../../build/electron-runtime.mjs";
import { fakeGpu, fakeNvidiaSmi } from "../fixtures/fake-nvidia-smi.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";
import { copyApp } from "./app-copy.ts";
import { electronArguments, expect, test } from "./launch.ts";

const MACHINE = JSON.stringify(machineOf([namedCard("RTX 3090")], 64));

/** The native dialog cannot be driven: it notes what it was to say, and answers as a person would. */
async function answerBoxes(
  app: ElectronApplication,
  response: number,
): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ dialog }, chosen) => {
    const said: string[] = [];
    Object.assign(globalThis, { saidInBoxes: said });
    dialog.showMessageBox = (...given: unknown[]) => {
      const { message, detail } = given.at(-1) as { message: string; detail: string }; // as the app gives them
      said.push(`${message} ${detail}`);
      return Promise.resolve({ response: chosen, checkboxChecked: false });
    };
  }, response);
  return async () =>
    await app.evaluate(() => (globalThis as unknown as { saidInBoxes: string[] }).saidInBoxes); // set above
}

test("a page that crashes is said to have, and comes back", async ({ launchFitment }) => {
  const { app, page } = await launchFitment();
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  const said = await answerBoxes(app, 0);
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(async () => (await said())[0]).toContain("The page of this window crashed.");
  const loaded = (): Promise<unknown> =>
    app.evaluate(async ({ BrowserWindow }) => {
      const script = "document.querySelectorAll('tbody span[data-verdict]').length";
      return (await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script)) as unknown;
    });
  await expect.poll(loaded).toBeGreaterThan(0);
});

test("a page that is missing is said to be", async ({ launchFitment }) => {
  const { options } = await copyApp();
  const { app } = await launchFitment(options);
  const said = await answerBoxes(app, 0);
  await rm(path.join(options.appFolder ?? "", "out/renderer/index.html"));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await expect
    .poll(async () => (await said())[0])
    .toContain("could not be loaded. app://fitment/index.html: status 404");
});

test("a detection whose processes are killed names the sources that did not answer", async ({
  launchFitment,
}) => {
  const toolFolder = await fakeNvidiaSmi([fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564)]);
  const { app, page } = await launchFitment({ toolFolder });
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  await app.evaluate(({ app: main }) => {
    const timer = setInterval(() => {
      for (const { pid, type } of main.getAppMetrics()) if (type === "Utility") process.kill(pid, "SIGKILL");
    }, 5);
    setTimeout(() => clearInterval(timer), 1500);
  });
  const report = await page.evaluate(async () => await window.fitment?.probeMachine());
  const probes = report?.kind === "ok" ? report.value.probes : [];
  const lost = probes.filter(({ message }) => message.includes("its process ended before it answered"));
  expect(lost.length).toBeGreaterThan(0);
  await page.waitForTimeout(1600);
  const again = await page.evaluate(async () => await window.fitment?.probeMachine());
  expect(again?.kind === "ok" ? again.value.accelerators.map(({ name }) => name) : []).toEqual([
    "NVIDIA GeForce RTX 4090",
  ]);
});

test("a saved machine opens from the command line, and from a second start, in the one window", async ({
  launchFitment,
}) => {
  const folder = test.info().outputPath();
  const first = path.join(folder, "first.fitment");
  const second = path.join(folder, "second.fitment");
  await mkdir(folder, { recursive: true });
  for (const file of [first, second]) await writeFile(file, MACHINE);
  const { app, page, userDataFolder } = await launchFitment({ appArguments: [first] });
  await expect(page.getByRole("region", { name: "Machine from first.fitment" })).toContainText("RTX 3090");
  const other = spawn(
    await electronExecutable(),
    electronArguments(userDataFolder, { appArguments: [second] }),
    {
      stdio: "ignore",
    },
  );
  await once(other, "exit");
  await expect(page.getByRole("region", { name: "Machine from second.fitment" })).toContainText("RTX 3090");
  expect(app.windows()).toHaveLength(1);
});

test("files that are no saved machine are refused in words, and nothing is lost", async ({
  launchFitment,
}) => {
  const folder = test.info().outputPath();
  await mkdir(folder, { recursive: true });
  const large = path.join(folder, "large.fitment");
  await writeFile(large, "");
  await truncate(large, 100_000_000);
  const deep = path.join(folder, "deep.fitment");
  const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  await writeFile(deep, MACHINE.replace(/^\{/, `{"extra":${nested},`));
  const { app, page } = await launchFitment();
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  for (const [file, said] of [
    [large, "large.fitment is too large for a saved machine."],
    [deep, "deep.fitment is nested too deep for a saved machine."],
    ["/dev/zero", "zero is no file."],
  ] as const) {
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, file);
    const answer = await page.evaluate(async () => await window.fitment?.openProfile());
    expect(answer).toEqual({ kind: "failed", message: said });
  }
  await expect(page.getByRole("region", { name: "This machine" })).toBeVisible();
});

test("a clock that jumps by a year does not change a detection", async ({ launchFitment }) => {
  const { app, page } = await launchFitment();
  await app.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() - 365 * 86_400_000;
  });
  const report = await page.evaluate(async () => await window.fitment?.probeMachine());
  const elapsed = report?.kind === "ok" ? report.value.probes.map(({ elapsedMs }) => elapsedMs) : [];
  expect(elapsed.length).toBeGreaterThan(0);
  expect(elapsed.every((ms) => ms >= 0 && ms <= 3_500)).toBe(true);
});

test("10,000 models of one's own are in the list, and a question about them is still answered", async ({
  launchFitment,
}) => {
  test.slow();
  const dataFolder = test.info().outputPath("data");
  await mkdir(path.join(dataFolder, "models"), { recursive: true });
  const { family, developer, models } = JSON.parse(
    await readFile(path.join(import.meta.dirname, "../../catalog/models/mistral-7b.json"), "utf8"),
  ) as { family: string; developer: string; models: { id: string; name: string }[] }; // our own file
  const [entry] = models;
  for (let part = 0; part < 100; part += 1) {
    const own = Array.from({ length: 100 }, (_, index) => ({
      ...entry,
      id: `own-${part * 100 + index}`,
      name: `Own ${part * 100 + index}`,
    }));
    const file = path.join(dataFolder, "models", `part-${part}.json`);
    await writeFile(file, JSON.stringify({ family, developer, models: own }));
  }
  const { page } = await launchFitment({ environment: { FITMENT_DATA_DIR: dataFolder } });
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible({ timeout: 60_000 });
  await page.getByLabel("Find a model").fill("Own 9999");
  await expect(page.locator("tbody tr").filter({ hasText: "Own 9999" })).toHaveCount(1, { timeout: 60_000 });
});

for (const [method, wrong, said] of [
  ["openExternal", 42, "That is no address."],
  ["openExternal", { href: "https://example.invalid/" }, "That is no address."],
  ["saveProfile", null, "That is no machine."],
  ["saveProfile", { schemaVersion: 1 }, "That is no machine."],
  ["writeSettings", { contextLength: { deep: [] } }, "That is no scenario."],
  ["writeSettings", "text", "That is no scenario."],
] as const) {
  test(`${method} refuses ${JSON.stringify(wrong)}`, async ({ launchFitment }) => {
    const { page } = await launchFitment();
    const answer: unknown = await page.evaluate(
      async ([name, argument]) => {
        const api: unknown = window.fitment;
        const call = (api as Record<string, (argument: unknown) => Promise<unknown>>)[name]; // wrong on purpose
        return await call?.(argument);
      },
      [method, wrong] as const,
    );
    expect(answer).toEqual({ kind: "failed", message: said });
  });
}
