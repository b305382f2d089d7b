import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startProbeChild } from "#probe/child-process.ts";
import { probeMachine } from "#probe/isolated.ts";
import { isRunning } from "../../build/run-command.mjs";
import { buildProbeProcess, fakeTools, removeTemporaryFolders } from "./built-process.ts";

let script = "";
beforeAll(async () => {
  script = await buildProbeProcess();
}, 60_000);

afterEach(() => vi.unstubAllEnvs());
afterAll(removeTemporaryFolders);

/** An nvidia-smi that never answers; the number of its process can be read once it has started. */
function hangingTool(): { readonly processId: () => number | null } {
  const folder = fakeTools({ "nvidia-smi": 'echo $$ > "${0%/*}/started"; while :; do sleep 1; done' });
  vi.stubEnv("FITMENT_PROBE_PATH", folder);
  const file = path.join(folder, "started");
  const read = (): number => (existsSync(file) ? Number(readFileSync(file, "utf8")) : 0);
  return { processId: () => (read() === 0 ? null : read()) };
}

/** A process that has ended but that nobody has asked after yet (a zombie) still has its number; it does nothing more. */
function isAtWork(processId: number): boolean {
  const status = `/proc/${processId}/status`;
  if (existsSync(status) && /^State:\s+Z/m.test(readFileSync(status, "utf8"))) return false;
  return isRunning(processId);
}

async function hasEnded(tool: ReturnType<typeof hangingTool>): Promise<void> {
  await expect.poll(() => isAtWork(tool.processId() ?? process.pid), { timeout: 2_000 }).toBe(false);
}

test("a detection that ends before its tools leaves none of them", async () => {
  const tool = hangingTool();
  await probeMachine(startProbeChild(script), 2_200); // less than a probe process takes at most, enough to start one
  await hasEnded(tool);
});

test.each([
  { name: "is let go of", end: (child: ReturnType<typeof fork>) => child.disconnect() },
  { name: "is told to end", end: (child: ReturnType<typeof fork>) => child.kill("SIGTERM") },
  { name: "is interrupted", end: (child: ReturnType<typeof fork>) => child.kill("SIGINT") },
])("a probe process that $name takes its tools along", async ({ end }) => {
  const tool = hangingTool();
  const child = fork(script, ["own"], { stdio: "ignore" });
  await expect.poll(tool.processId, { timeout: 2_000 }).not.toBeNull();
  end(child);
  await once(child, "exit");
  await hasEnded(tool);
});
