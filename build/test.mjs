import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { buildIfStale } from "./build-if-stale.mjs";
import { failure, messageOf, runScript } from "./failure.mjs";
import { runPlaywright } from "./playwright.mjs";
import { packageScript, PROJECT_FOLDER } from "./project.mjs";
import { runVisibly } from "./run-command.mjs";
import * as totals from "./test-totals.mjs";

const VITEST = [packageScript("vitest/vitest.mjs"), "run", "--config", "tests/vitest.config.ts"];
const PACKAGE_SCRIPT = path.join(PROJECT_FOLDER, "build", "package.mjs");
/** @type {Readonly<Record<string, (report: string) => Promise<totals.Totals>>>} */
const PARTS = { unit: runUnitTests, window: runWindowTests, package: runPackageTests };

/** `npm test`: every test, or the parts that are named; the last line says how many passed and failed. */
await runScript(async () => {
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
  const reportFolder = mkdtempSync(path.join(tmpdir(), "fitment-tests-"));
  try {
    names.forEach(checkPart);
    await buildIfStale((line) => console.error(line));
    const results = [];
    for (const name of names) results.push(await runPart(name, path.join(reportFolder, `${name}.json`)));
    return finish(totals.sumTotals(results));
  } catch (error) {
    console.error(messageOf(error));
    return finish(totals.ONE_FAILURE);
  } finally {
    rmSync(reportFolder, { recursive: true, force: true });
  }
});

/** @param {totals.Totals} sum */
function finish(sum) {
  console.log(`\n${totals.totalsLine(sum)}`);
  return sum.failed > 0 ? 1 : 0;
}

/** @param {string} name */
function checkPart(name) {
  if (Object.hasOwn(PARTS, name)) return;
  throw failure(`There are no ${name} tests.`, `Name one of: ${Object.keys(PARTS).join(", ")}`);
}

/** A part that cannot run at all counts as one failure, and the others go on. @param {string} name @param {string} report */
async function runPart(name, report) {
  try {
    return (await PARTS[name]?.(report)) ?? totals.ONE_FAILURE;
  } catch (error) {
    console.error(messageOf(error));
    return totals.ONE_FAILURE;
  }
}

/** @param {string} report */
async function runUnitTests(report) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const exitCode = await runVisibly(process.execPath, [...VITEST, ...reporters], { cwd: PROJECT_FOLDER });
  return totals.withRunnerFailure(totals.unitTotals(readReport(report)), exitCode);
}

/** @param {string} report */
async function runWindowTests(report) {
  return await runPlaywrightProject("window", report);
}

/** In the app as it ships, packed from this checkout first: archive, fuses and all. @param {string} report */
async function runPackageTests(report) {
  const exitCode = await runVisibly(process.execPath, [PACKAGE_SCRIPT], { cwd: PROJECT_FOLDER });
  return exitCode === 0 ? await runPlaywrightProject("package", report) : totals.ONE_FAILURE;
}

/** @param {string} project @param {string} report */
async function runPlaywrightProject(project, report) {
  const words = [`--project=${project}`, "--reporter=list,json"];
  const exitCode = await runPlaywright(words, { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return totals.withRunnerFailure(totals.windowTotals(readReport(report)), exitCode);
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw failure("The test runner ended without a report.", "What it said is above.");
  }
}
