import { describe, expect, test } from "vitest";
import { ensureLinuxPackages, type System } from "../../build/linux-packages.mjs";
import { commandsOf, type Distribution } from "./distributions.ts";
import { failureLines } from "./failures.ts";

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
