import { describe, expect, test } from "vitest";
import {
  installCommand,
  missingLibraries,
  missingLibrariesFailure,
  packagesFor,
} from "../../build/linux-libraries.mjs";
import type { runCommand } from "../../build/run-command.mjs";
import { commandsOf, DEBIAN_12, DEBIAN_13 } from "./distributions.ts";
import { failureLines } from "./failures.ts";

describe("libraries that ldd does not find", () => {
  test.each([
    { name: "none missing", missing: [], expected: [] },
    { name: "two", missing: ["libgtk-3.so.0", "libnss3.so"], expected: ["libgtk-3.so.0", "libnss3.so"] },
    { name: "one that is listed twice", missing: ["libnss3.so", "libnss3.so"], expected: ["libnss3.so"] },
  ])("$name", async ({ missing, expected }) => {
    expect(await missingLibraries("/electron", commandsOf({ missing }))).toEqual(expected);
  });

  test("without an ldd to ask, nothing is claimed to be missing", async () => {
    const noLdd: typeof runCommand = () => Promise.resolve({ code: 127, stdout: "", stderr: "" });
    expect(await missingLibraries("/electron", noLdd)).toEqual([]);
  });
});

describe("the packages for them", () => {
  const original = ["libasound2", "libgtk-3-0", "libnss3"];
  const renamed = ["libasound2t64", "libgtk-3-0t64", "libnss3"];

  test.each([
    { name: "Debian 12", distribution: { known: DEBIAN_12 }, packages: original },
    { name: "Debian 13", distribution: { known: DEBIAN_13 }, packages: renamed },
    {
      name: "a fresh Ubuntu 24.04 whose lists were never fetched",
      distribution: { known: [], installed: ["libssl3t64"] },
      packages: renamed,
    },
    {
      name: "a fresh Debian 12 whose lists were never fetched",
      distribution: { known: [], installed: [] },
      packages: original,
    },
  ])("$name", async ({ distribution, packages }) => {
    const libraries = ["libgtk-3.so.0", "libgdk-3.so.0", "libnss3.so", "libnssutil3.so", "libasound.so.2"];
    const found = await packagesFor(libraries, commandsOf(distribution));
    expect(found).toEqual({ packages, withoutPackage: [] });
  });

  test("apt is asked in English, whatever the person speaks, and keeps the rest of the environment", async () => {
    const asked: (NodeJS.ProcessEnv | undefined)[] = [];
    const run: typeof runCommand = (command, words, options) => {
      if (command === "apt-cache") asked.push(options?.env);
      return commandsOf({})(command, words, options);
    };
    await packagesFor(["libgtk-3.so.0"], run);
    expect(asked).toHaveLength(2);
    for (const environment of asked)
      expect(environment).toMatchObject({ LC_ALL: "C", PATH: process.env.PATH });
  });

  test("a library without a known package is told apart", async () => {
    const found = await packagesFor(["libmystery.so.1", "libnss3.so"], commandsOf({}));
    expect(found).toEqual({ packages: ["libnss3"], withoutPackage: ["libmystery.so.1"] });
  });
});

test("the one command fetches the lists first", () => {
  expect(installCommand(["xvfb", "xauth"])).toBe(
    "sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb xauth",
  );
});

describe("told to somebody who wants a window", () => {
  test.each([
    {
      libraries: ["libgtk-3.so.0"],
      remedy: `Install what provides them with your system's package manager, then try again. On Debian or Ubuntu: ${installCommand(["libgtk-3-0"])}`,
    },
    {
      libraries: ["libmystery.so.1"],
      remedy: "Install what provides libmystery.so.1 with your system's package manager, then try again.",
    },
    {
      libraries: ["libnss3.so", "libmystery.so.1"],
      remedy: `Install what provides libmystery.so.1 with your system's package manager, then try again. On Debian or Ubuntu: ${installCommand(["libnss3"])}`,
    },
  ])("$libraries: $remedy", async ({ libraries, remedy }) => {
    const failed = await missingLibrariesFailure(libraries, commandsOf({}));
    expect(await failureLines(Promise.reject(failed))).toEqual([
      `Electron needs libraries this system lacks: ${libraries.join(", ")}.`,
      remedy,
    ]);
  });
});
