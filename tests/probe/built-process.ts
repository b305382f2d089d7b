import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "vite";

const PROJECT_FOLDER = path.join(import.meta.dirname, "../..");

const folders: string[] = [];

function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  folders.push(folder);
  return folder;
}

/** For the end of a test file: everything made here goes. */
export function removeTemporaryFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Builds the probe process as the app ships it, so that a test starts the real thing. */
export function buildProbeProcess(): Promise<string> {
  return buildProcess("src/probe/process.ts");
}

/** Builds a script that has a process of its own, as one CommonJS file. */
export async function buildProcess(entryFile: string): Promise<string> {
  const outDir = temporaryFolder("fitment-probe-process-");
  await build({
    root: PROJECT_FOLDER,
    configFile: false,
    logLevel: "silent",
    ssr: { noExternal: true },
    build: {
      ssr: entryFile,
      target: "node18",
      outDir,
      rolldownOptions: {
        output: { format: "cjs", entryFileNames: "probe-process.cjs", chunkFileNames: "[name].cjs" },
      },
    },
  });
  return path.join(outDir, "probe-process.cjs");
}

/** A folder of shell scripts that pretend to be tools. */
export function fakeTools(scripts: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder("fitment-fake-tools-");
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}

/** A folder that stands for "/", with these files in it. */
export function fakeRoot(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder("fitment-fake-root-");
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}
