import type { ElectronApplication } from "@playwright/test";
import { expect, test } from "./launch.ts";

interface Shown {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** Chooses a line of the Help menu and answers what the native dialog was to show; it cannot be driven itself. */
async function chooseHelp(app: ElectronApplication, label: string): Promise<Shown | null> {
  return await app.evaluate(
    async ({ dialog, Menu }, wanted) =>
      await new Promise<Shown | null>((resolve) => {
        dialog.showMessageBox = ((options: Shown) => {
          resolve(options);
          return Promise.resolve({ response: 0, checkboxChecked: false });
        }) as unknown as typeof dialog.showMessageBox; // of its two forms the one that is used
        const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === "help")?.submenu;
        help?.items.find((item) => item.label === wanted)?.click();
        setTimeout(() => resolve(null), 5000);
      }),
    label,
  );
}

test("Help, About says which version this is, what it runs on, and whose code is in it", async ({
  launchFitment,
}) => {
  const { app } = await launchFitment();
  const shown = await chooseHelp(app, "About Fitment");
  const version = await app.evaluate(({ app: electron }) => electron.getVersion());
  expect(shown?.message).toBe(`Fitment ${version}`);
  expect(shown?.detail).toContain("MIT licence");
  expect(shown?.detail).toMatch(/Electron \d+\.\d+/);
  for (const name of ["svelte", "bits-ui", "systeminformation", "zod", "intl-messageformat"])
    expect(shown?.detail).toMatch(new RegExp(`^${name} .*(MIT|BSD|ISC|Apache)`, "m"));
  expect(shown?.buttons).toEqual(["Close", "Show the licences"]);
});
