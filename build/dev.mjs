import process from "node:process";
import { electronExecutable } from "./electron-runtime.mjs";
import { runScript } from "./failure.mjs";
import { packageScript, PROJECT_FOLDER } from "./project.mjs";
import { runVisibly } from "./run-command.mjs";

/** `npm run dev`: the window, reloaded at every change of the page and restarted at every change of the rest. */
await runScript(async () => {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, ELECTRON_EXEC_PATH: await electronExecutable() };
  if (process.getuid?.() === 0) env.NO_SANDBOX = "1"; // Chromium refuses to start as root with it
  const script = packageScript("electron-vite/bin/electron-vite.js");
  return await runVisibly(process.execPath, [script, "dev", "--watch", ...process.argv.slice(2)], {
    cwd: PROJECT_FOLDER,
    env,
  });
});
