import { describe, expect, test } from "vitest";
import { missingLibraries, missingLibrariesFailure, packagesFor } from "../../build/linux-libraries.mjs";
import { ensureLinuxPackages, type System } from "../../build/linux-packages.mjs";
import { failureLines } from "./failures.ts";

interface Distribution {
  /** What `ldd` finds missing. */
  readonly missing?: readonly string[];
  readonly programs?: readonly string[];
  /** Package names that apt knows. */
  readonly known?: readonly string[];
}

const DEBIAN_12 = ["libgtk-3-0", "libasound2", "libcups2", "libnss3"];
const DEBIAN_13 = ["libgtk-3-0t64", "libasound2t64", "libcups2t64", "libnss3"];

/** `ldd`, `command -v` and `apt-cache policy` as they answer on a system like this. */
function commandsOf({ missing = [], programs = [], known = DEBIAN_12 }: Distribution): System["run"] {
  return (command, words) => {
    const [stdout, code] = answer(command, words[0] ?? "", words.at(-1) ?? "");
    return Promise.resolve({ code, stdout, stderr: "" });
  };
  function answer(command: string, first: string, last: string): [string, number] {
    if (command === "ldd") return [lddOutput(missing), 0];
    if (command === "sh") return ["", programs.includes(last) ? 0 : 1];
    if (command === "apt-cache" && first === "policy") {
      if (known.includes(last)) return [`${last}:\n  Installed: (none)\n  Candidate: 3.24.38-2\n`, 0];
      return [last === "libgtk-3-0t64" ? `${last}:\n  Installed: (none)\n  Candidate: (none)\n` : "", 0];
    }
    return ["", 127];
  }
}

function lddOutput(missing: readonly string[]): string {
  const found = ["linux-vdso.so.1 (0x00007ffd)", "libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)"];
  return [...found, ...missing.map((name) => `${name} => not found`)].map((line) => `\t${line}\n`).join("");
}

const PROGRAMS = ["apt-get", "Xvfb", "xvfb-run", "xauth"];

interface FakeSystem extends System {
  readonly steps: string[];
}

function system(distribution: Distribution, changes: Partial<System> = {}): FakeSystem {
  const steps: string[] = [];
  return {
    hasDisplay: false,
    isRoot: true,
    run: commandsOf({ programs: PROGRAMS, ...distribution }),
    updateLists: () => Promise.resolve(steps.push("update")).then(() => 0),
    install: (packages) => Promise.resolve(steps.push(`install ${packages.join(" ")}`)).then(() => 0),
    steps,
    ...changes,
  };
}

describe("libraries", () => {
  test.each([
    { name: "none missing", missing: [], expected: [] },
    { name: "two", missing: ["libgtk-3.so.0", "libnss3.so"], expected: ["libgtk-3.so.0", "libnss3.so"] },
    { name: "one that is listed twice", missing: ["libnss3.so", "libnss3.so"], expected: ["libnss3.so"] },
  ])("$name", async ({ missing, expected }) => {
    expect(await missingLibraries("/electron", commandsOf({ missing }))).toEqual(expected);
  });

  test("without an ldd to ask, nothing is claimed to be missing", async () => {
    const noLdd: System["run"] = () => Promise.resolve({ code: 127, stdout: "", stderr: "" });
    expect(await missingLibraries("/electron", noLdd)).toEqual([]);
  });

  test.each([
    { name: "Debian 12", known: DEBIAN_12, packages: ["libasound2", "libgtk-3-0", "libnss3"] },
    { name: "Debian 13", known: DEBIAN_13, packages: ["libasound2t64", "libgtk-3-0t64", "libnss3"] },
  ])("$name has these packages for them", async ({ known, packages }) => {
    const libraries = ["libgtk-3.so.0", "libgdk-3.so.0", "libnss3.so", "libnssutil3.so", "libasound.so.2"];
    expect(await packagesFor(libraries, commandsOf({ known }))).toEqual({ packages, withoutPackage: [] });
  });

  test.each([
    {
      libraries: ["libgtk-3.so.0"],
      remedy: "On Debian or Ubuntu: sudo apt-get install -y libgtk-3-0",
    },
    {
      libraries: ["libmystery.so.1"],
      remedy: "Install what provides libmystery.so.1 with your system's package manager.",
    },
    {
      libraries: ["libnss3.so", "libmystery.so.1"],
      remedy:
        "On Debian or Ubuntu: sudo apt-get install -y libnss3 Install what provides libmystery.so.1 with your system's package manager.",
    },
  ])("$libraries: $remedy", async ({ libraries, remedy }) => {
    const failed = await failureLines(
      Promise.reject(await missingLibrariesFailure(libraries, commandsOf({}))),
    );
    expect(failed[1]).toBe(remedy);
  });
});

describe("before the window tests", () => {
  test("nothing is done where nothing is missing", async () => {
    const complete = system({});
    await ensureLinuxPackages("/electron", complete);
    expect(complete.steps).toEqual([]);
  });

  test("as root, the lists are updated and what is missing is installed", async () => {
    const bare = system({ missing: ["libgtk-3.so.0"], programs: ["apt-get"] });
    await ensureLinuxPackages("/electron", bare);
    expect(bare.steps).toEqual(["update", "install xvfb xauth libgtk-3-0"]);
  });

  test("a display that is there needs no Xvfb", async () => {
    const desktop = system({ missing: ["libnss3.so"], programs: ["apt-get"] }, { hasDisplay: true });
    await ensureLinuxPackages("/electron", desktop);
    expect(desktop.steps).toEqual(["update", "install libnss3"]);
  });

  test.each([
    {
      name: "somebody who is not root gets the one command to run",
      distribution: { missing: ["libgtk-3.so.0"], programs: ["apt-get"] },
      changes: { isRoot: false },
      lines: [
        "The window tests need system packages that are missing.",
        "Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb xauth libgtk-3-0",
      ],
    },
    {
      name: "a system without apt is told what Debian calls it",
      distribution: { missing: ["libgtk-3.so.0"], programs: ["Xvfb", "xvfb-run", "xauth"] },
      changes: {},
      lines: [
        "The window tests need what Debian calls libgtk-3-0 and this system has no apt-get.",
        "Install the same with your system's package manager, then try again.",
      ],
    },
    {
      name: "a library that no package is known for is named",
      distribution: { missing: ["libmystery.so.1"] },
      changes: {},
      lines: [
        "Electron needs libraries this system lacks: libmystery.so.1.",
        "Install what provides them with your system's package manager, then try again.",
      ],
    },
    {
      name: "an apt that fails is pointed to",
      distribution: { programs: ["apt-get"] },
      changes: { install: () => Promise.resolve(100) },
      lines: [
        "apt-get could not install xvfb xauth; what it said is above.",
        "Mend that, or run: sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb xauth",
      ],
    },
  ])("$name", async ({ distribution, changes, lines }) => {
    const failed = await failureLines(ensureLinuxPackages("/electron", system(distribution, changes)));
    expect(failed).toEqual(lines);
  });
});
