import process from "node:process";
import { buildIfStale } from "./build-if-stale.mjs";
import { electronExecutable } from "./electron-runtime.mjs";
import { runScript } from "./failure.mjs";
import { launchElectron } from "./launch-electron.mjs";
import { CLI_FILE } from "./project.mjs";
import { runVisibly } from "./run-command.mjs";

/** `npm start`: the window, or, where there is no display to open it on, the same answer in the terminal. */
await runScript(async () => {
  await buildIfStale((line) => console.error(line));
  if (!hasDisplay()) {
    console.log("No window: DISPLAY and WAYLAND_DISPLAY are empty. This is what it would show:\n");
    return await runVisibly(process.execPath, [CLI_FILE, "list"]);
  }
  return await launchElectron(await electronExecutable(), process.argv.slice(2));
});

function hasDisplay() {
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
