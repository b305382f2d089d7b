import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildIfStale } from "../../build/build-if-stale.mjs";
import { PROJECT_FOLDER } from "../../build/project.mjs";
import { runCommand } from "../../build/run-command.mjs";
import { temporaryFolder } from "./folders.ts";

/** The npm package is some hundred kB; above this, something went in that does not belong. */
const ARCHIVE_MAX_BYTES = 2_000_000;

beforeAll(() => buildIfStale(), 120_000);

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

async function npm(words: readonly string[], folder: string): Promise<string> {
  const { code, stdout, stderr } = await runCommand("npm", [...words, "--no-audit", "--no-fund"], {
    cwd: folder,
  });
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

test("the npm package holds the terminal tool alone, and answers in an empty folder, without network and Electron", async () => {
  const folder = temporaryFolder();
  const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = JSON.parse(await npm(words, PROJECT_FOLDER)) as readonly Packed[]; // as npm documents it
  expect(packed?.size).toBeLessThan(ARCHIVE_MAX_BYTES);
  const names = packed?.files.map((file) => file.path) ?? [];
  expect(names).toContain("out/main/cli.cjs");
  expect(names.filter((name) => /\.map$|renderer|preload|^src|^tests|electron/.test(name))).toEqual([]);

  await npm(["install", "--offline", path.join(folder, packed?.filename ?? "")], folder);
  expect(readdirSync(path.join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "fitment",
  ]);
  const tool = path.join(folder, "node_modules", ".bin", "fitment");
  expect(existsSync(tool)).toBe(true);
  const version = await runCommand(tool, ["--version"], { cwd: folder });
  expect(version).toMatchObject({ code: 0, stdout: "0.1.0\n" });
  const listed = await runCommand(tool, ["list", "--json"], { cwd: folder });
  expect(listed.code).toBe(0);
  expect(JSON.parse(listed.stdout)).toMatchObject({ schemaVersion: 1 });
}, 60_000);
