import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { isStale, withBuildLock } from "../../build/build-if-stale.mjs";
import { failureLines } from "./failures.ts";
import { temporaryFolder } from "./folders.ts";

const BUILT_AT = 2_000_000_000; // seconds since 1970
const BUILT = [
  "out/main/index.cjs",
  "out/main/probe-process.cjs",
  "out/main/cli.cjs",
  "out/preload/index.cjs",
  "out/renderer/index.html",
];
const SOURCES = ["src/main/index.ts", "electron.vite.config.ts", "package.json", "package-lock.json"];

/** A checkout whose files are all a minute older than its build. */
function builtCheckout(): string {
  const folder = temporaryFolder();
  for (const name of [...BUILT, ...SOURCES]) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), "");
    touch(folder, name, BUILT.includes(name) ? BUILT_AT : BUILT_AT - 60);
  }
  for (const name of ["src", "src/main"]) touch(folder, name, BUILT_AT - 60);
  return folder;
}

function touch(folder: string, name: string, atSeconds: number): void {
  utimesSync(path.join(folder, name), atSeconds, atSeconds);
}

describe("a build is stale", () => {
  test.each<{ name: string; change: (folder: string) => void; expected: boolean }>([
    { name: "not while nothing changes", change: () => undefined, expected: false },
    ...SOURCES.map((name) => ({
      name: `where ${name} is newer`,
      change: (folder: string) => touch(folder, name, BUILT_AT + 1),
      expected: true,
    })),
    {
      name: "where a file was removed from a folder of sources",
      change: (folder) => {
        writeFileSync(path.join(folder, "src/main/old.ts"), "");
        rmSync(path.join(folder, "src/main/old.ts"));
        touch(folder, "src/main", BUILT_AT + 1);
      },
      expected: true,
    },
    ...BUILT.map((name) => ({
      name: `where ${name} is missing`,
      change: (folder: string) => rmSync(path.join(folder, name)),
      expected: true,
    })),
    {
      name: "where one part of it is older than the sources",
      change: (folder) => touch(folder, "out/preload/index.cjs", BUILT_AT - 120),
      expected: true,
    },
    {
      name: "never in an installed package, which has no sources",
      change: (folder) => {
        rmSync(path.join(folder, "src"), { recursive: true });
        rmSync(path.join(folder, "out"), { recursive: true });
      },
      expected: false,
    },
  ])("$name", async ({ change, expected }) => {
    const folder = builtCheckout();
    change(folder);
    expect(await isStale(folder)).toBe(expected);
  });
});

describe("one build at a time", () => {
  test("a second one waits for the first", async () => {
    const lockFile = path.join(temporaryFolder(), "cache/build.lock");
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} starts`);
      await sleep(20);
      order.push(`${name} ends`);
    };
    const first = withBuildLock(work("first"), lockFile);
    await sleep(5);
    await Promise.all([first, withBuildLock(work("second"), lockFile)]);
    expect(order).toEqual(["first starts", "first ends", "second starts", "second ends"]);
    expect(existsSync(lockFile)).toBe(false);
  });

  test("the lock names its process and is given back after a failure", async () => {
    const lockFile = path.join(temporaryFolder(), "build.lock");
    const work = (): Promise<void> => {
      expect(readFileSync(lockFile, "utf8")).toBe(String(process.pid));
      return Promise.reject(new Error("It broke."));
    };
    await expect(withBuildLock(work, lockFile)).rejects.toThrow("It broke.");
    expect(existsSync(lockFile)).toBe(false);
  });

  test.each([
    { name: "a process that is gone", holder: "2147483646", ageSeconds: 0 },
    { name: "more than two minutes ago", holder: String(process.ppid), ageSeconds: 130 },
    { name: "a process that died before it wrote its number", holder: "", ageSeconds: 130 },
  ])("a lock from $name does not hold up", async ({ holder, ageSeconds }) => {
    const lockFile = path.join(temporaryFolder(), "build.lock");
    writeFileSync(lockFile, holder);
    const atSeconds = Date.now() / 1000 - ageSeconds;
    utimesSync(lockFile, atSeconds, atSeconds);
    let hasWorked = false;
    await withBuildLock(() => Promise.resolve(void (hasWorked = true)), lockFile);
    expect(hasWorked).toBe(true);
  });

  test("a folder that cannot be written to is a failure, not a wait without end", async () => {
    const file = path.join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const [problem] = await failureLines(
      withBuildLock(() => Promise.resolve(), path.join(file, "build.lock")),
    );
    expect(problem).toMatch(/^Fitment must be built, and its folder cannot be written to \(.+\)\.$/);
  });
});
