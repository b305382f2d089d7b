import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { writeFailureText } from "../../src/catalog/file-failure.ts";
import { writeWholeFile } from "../../src/catalog/write-file.ts";
import { csvRows } from "../fixtures/read-csv.ts";
import { runFitment } from "./terminal.ts";

const CARD = ["--gpu", "RTX 4090", "--ram", "64GiB"];

describe("fitment report", () => {
  test("is Markdown on standard output unless something else is asked for", async () => {
    const { stdout, stderr, exitCode, written } = await runFitment(["report", "--task", "code", ...CARD]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^# Which language models run on this computer\n\n2026-11-25, by Fitment 0\.0\.0/);
    expect(stdout).toContain("For code; quality counts 50 %, speed 50 %.");
    expect(stdout.endsWith("legal advice.\n")).toBe(true);
    expect(written).toEqual({});
  });

  test.each([
    ["report.html", /^<!doctype html>/],
    ["report.md", /^# Which/],
    ["report.json", /^\{\n {2}"kind": "fitment-report"/],
    ["report.CSV", /^model_id,/],
  ])("the ending of %s says what it is", async (file, beginning) => {
    const { stdout, stderr, written } = await runFitment(["report", "--output", file, ...CARD]);
    expect(stdout).toBe("");
    expect(stderr).toBe(`Wrote ${file}.\n`);
    expect(written[file]).toMatch(beginning);
  });

  test("as CSV on standard output every line ends alike", async () => {
    const { stdout } = await runFitment(["report", "--format", "csv", ...CARD]);
    expect(stdout.endsWith("\r\n")).toBe(true);
    expect(
      stdout
        .split("\n")
        .slice(0, -1)
        .every((line) => line.endsWith("\r")),
    ).toBe(true);
    expect(csvRows(stdout).length).toBeGreaterThan(300);
  });

  test("puts models that are named side by side", async () => {
    const { stdout } = await runFitment(["report", "llama-3-8b@Q8_0", "mistral-7b", ...CARD]);
    expect(stdout).toContain("## Side by side");
    expect(stdout).toMatch(/llama-3-8b Q8\\?_0 \|/);
  });

  test.each([
    [["--format", "pdf"], 1, "File, Export report"],
    [["--output", "report.pdf"], 1, "print the HTML from a browser"],
    [["--format", "docx"], 2, "--format takes one of html, md, json, csv, pdf"],
    [["--output", "report.txt"], 2, "does not tell the format"],
    [["--json", "--format", "csv"], 2, "exclude each other"],
    [["llama-3-8b"], 2, "two to 6 models"],
    [["--diff", "gone.json"], 1, "gone.json cannot be read"],
  ])("%j cannot be answered", async (words, exitCode, message) => {
    const ran = await runFitment(["report", ...words]);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.stderr).toContain(message);
    expect(ran.detectionCount).toBe(0);
  });
});

describe("fitment report --diff", () => {
  const words = ["report", "--format", "json", ...CARD];

  test("says what changed: another card with another driver's memory, another pick", async () => {
    const { stdout: old } = await runFitment(words);
    const files = { "old.json": old };
    const same = await runFitment(["report", "--diff", "old.json", ...CARD], { files });
    expect(same.stdout).toBe("Nothing changed since 2026-11-25.\n");

    const other = ["--gpu", "RTX 3060@12GiB", "--ram", "64GiB"];
    const { stdout } = await runFitment(["report", "--diff", "old.json", ...other], { files });
    expect(stdout).toMatch(/^What changed since 2026-11-25:\n/);
    expect(stdout).toContain("NVIDIA GeForce RTX 4090 is gone.");
    expect(stdout).toMatch(/^ {2}Best answer: .+ at \S+, now .+ at \S+\.$/m);

    const whole = await runFitment(["report", "--diff", "old.json", "--format", "md", ...other], { files });
    expect(whole.stdout).toContain("## What changed since 2026-11-25");
    const json = await runFitment(["report", "--diff", "old.json", "--json", ...other], { files });
    expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1, since: "2026-11-25T14:30:00.000Z" });
  });

  test.each([
    ["{", "no report (the whole file"],
    ["{}", "no report (kind"],
    ['{"kind":"fitment-report","schemaVersion":2}', "no report (schemaVersion"],
  ])("%s is no report", async (content, message) => {
    const { exitCode, stderr } = await runFitment(["report", "--diff", "old.json"], {
      files: { "old.json": content },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe("writing", () => {
  test("that fails leaves the file as it was, and nothing beside it", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "fitment-report-"));
    const file = path.join(folder, "report.md");
    await writeFile(file, "before");
    const impossible = path.join(file, "report.md");
    await expect(writeWholeFile(impossible, "x")).rejects.toThrow();
    expect(await readFile(file, "utf8")).toBe("before");
    await writeWholeFile(file, new TextEncoder().encode("after"));
    expect(await readFile(file, "utf8")).toBe("after");
    expect(await readdir(folder)).toEqual(["report.md"]);
    await rm(folder, { recursive: true });
  });

  test.each([
    ["ENOSPC", "the disk is full"],
    ["EROFS", "the disk can only be read"],
    ["EACCES", "this folder or file may not be written to"],
    ["ENOENT", "there is no folder ."],
    ["ENOTDIR", "there is no folder ."],
    ["EIO", "the disk has a fault"],
    ["EBADF", "EBADF: i/o error"],
  ])("%s is said in plain words", async (code, words) => {
    const fault = Object.assign(new Error(`${code}: i/o error, write`), { code });
    expect(writeFailureText(fault, "report.md")).toBe(words);
    const { exitCode, stderr } = await runFitment(["report", "--output", "report.md", ...CARD], {
      surroundings: { writeFile: () => Promise.reject(fault) },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(`fitment: report.md cannot be written: ${words}.\n`);
  });
});
