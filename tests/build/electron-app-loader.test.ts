import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { writeAppLoader } from "../../build/electron-app-loader.mjs";
import { runCommand } from "../../build/run-command.mjs";
import { temporaryFolder } from "./folders.ts";

/** Stands in for Electron's own module, in a process of its own: answers what it was told, as JSON lines. */
const FAKE_ELECTRON = `
const note = (name) => (...values) => process.stdout.write(JSON.stringify([name, ...values]) + "\\n");
const hasSwitch = (name) => process.argv.some((argument) => argument.startsWith("--" + name + "="));
const names = ["setName", "setVersion", "setDesktopName", "setAppPath", "setPath"];
exports.app = { ...Object.fromEntries(names.map((name) => [name, note(name)])), commandLine: { hasSwitch },
  getPath: () => "/home/somebody/.config" };`;

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** An unpacked Electron with the loader in it, and an application beside it. */
function electronAndApp(manifest: object): { electron: string; app: string } {
  const folder = temporaryFolder();
  const [electron, app] = [path.join(folder, "electron"), path.join(folder, "our app")];
  write(path.join(electron, "node_modules/electron/index.js"), FAKE_ELECTRON);
  write(
    path.join(app, "package.json"),
    JSON.stringify({ version: "1.2.3", main: "out/main.cjs", ...manifest }),
  );
  write(path.join(app, "out/main.cjs"), 'process.stdout.write(JSON.stringify(["started"]));');
  writeAppLoader(electron);
  return { electron, app };
}

/** As Electron does it: its arguments follow its own name at once, without the script's. */
async function startLoader(electron: string, words: readonly string[]) {
  const loader = JSON.stringify(path.join(electron, "resources/app"));
  const { code, stdout, stderr } = await runCommand(process.execPath, [
    "--eval",
    `require(${loader})`,
    "--",
    ...words,
  ]);
  const lines = stdout.split("\n").filter((line) => line !== "");
  return { code, told: lines.map((line): unknown => JSON.parse(line)), stderr };
}

describe("the loader", () => {
  test.each([
    { name: "the package's name", manifest: { name: "fitment" }, shown: "fitment" },
    { name: "the product's name", manifest: { name: "fitment", productName: "Fitment" }, shown: "Fitment" },
  ])("starts the application under $name, with settings of its own", async ({ manifest, shown }) => {
    const { electron, app } = electronAndApp(manifest);
    const { code, told } = await startLoader(electron, ["--no-sandbox", app, "--later"]);
    expect(code).toBe(0);
    expect(told).toEqual([
      ["setName", shown],
      ["setVersion", "1.2.3"],
      ["setDesktopName", `${shown}.desktop`],
      ["setAppPath", app],
      ["setPath", "userData", `/home/somebody/.config/${shown}`],
      ["started"],
    ]);
  });

  test("leaves the settings folder that a switch names", async () => {
    const { electron, app } = electronAndApp({ name: "fitment" });
    const { told } = await startLoader(electron, ["--user-data-dir=/elsewhere", app]);
    expect(told.filter((line) => JSON.stringify(line).includes("userData"))).toEqual([]);
  });

  test("without an application to load says so", async () => {
    const { electron } = electronAndApp({ name: "fitment" });
    expect(await startLoader(electron, ["--no-sandbox"])).toEqual({
      code: 2,
      told: [],
      stderr: "Name the folder of the application to start.\n",
    });
  });
});

test("a loader that is there and current is not written again", () => {
  const { electron } = electronAndApp({ name: "fitment" });
  const file = path.join(electron, "resources/app/main.js");
  utimesSync(file, 1_000_000_000, 1_000_000_000);
  writeAppLoader(electron);
  expect(statSync(file).mtimeMs).toBe(1_000_000_000_000);
  expect(existsSync(`${file}.${process.pid}`)).toBe(false);
});
