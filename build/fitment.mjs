#!/usr/bin/env node
import { pathToFileURL } from "node:url";
import { buildIfStale } from "./build-if-stale.mjs";
import { runScript } from "./failure.mjs";
import { CLI_FILE } from "./project.mjs";

/** The terminal tool: `npx fitment …`. It reads its own arguments and sets the exit code. */
await runScript(async () => {
  await buildIfStale();
  await import(pathToFileURL(CLI_FILE).href);
  return Number(process.exitCode ?? 0);
});
