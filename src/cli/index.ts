import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { catalogStore } from "#catalog/store.ts";
import { writeWholeFile } from "#catalog/write-file.ts";
import { startProbeChild } from "#probe/child-process.ts";
import { detectMachine } from "#probe/isolated.ts";
import { measureRamCopy } from "#probe/ram-copy.ts";
import { run } from "./run.ts";

/** Where the built files lie: this one is `out/main/cli.cjs` of the app. */
const APP_FOLDER = path.join(__dirname, "../..");
const CATALOG_FOLDER = path.join(APP_FOLDER, "catalog");
const HOME = { platform: process.platform, homeFolder: homedir(), env: process.env };
const PROBE_SCRIPT = path.join(__dirname, "probe-process.cjs");
const MEASURE_SCRIPT = path.join(__dirname, "measure-bandwidth.cjs");

const { stdin, stdout, stderr, env } = process;

// Whoever reads our output may stop early (`| head`): that is no error.
stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

void start();

async function start(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    detectMachine: () => detectMachine(startProbeChild(PROBE_SCRIPT)),
    measureRamCopy: () => measureRamCopy(MEASURE_SCRIPT),
    ...catalogStore(CATALOG_FOLDER, HOME),
    readFile: (file) => (file === "-" ? text(stdin) : readFile(file, "utf8")),
    writeFile: writeWholeFile,
    print: (text) => void stdout.write(`${text}\n`),
    complain: (text) => void stderr.write(`${text}\n`),
    version: await ownVersion(),
    isColourful: stdout.isTTY && !env.NO_COLOR && env.TERM !== "dumb",
    columns: stdout.isTTY ? stdout.columns : null,
  });
}

async function ownVersion(): Promise<string> {
  const content = await readFile(path.join(APP_FOLDER, "package.json"), "utf8");
  const { version } = JSON.parse(content) as { version: string }; // our own file
  return version;
}
