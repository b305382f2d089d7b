import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hubCalls, type HubCalls } from "#main/hub-calls.ts";
import { llama3, qwen3Moe } from "../catalog/gguf/models.ts";
import { CONFIGS } from "../catalog/hub/configs.ts";
import { startHub, type HubServer } from "../catalog/hub/hub-server.ts";
import { SHIPPED } from "../catalog/shipped.ts";

let ownFolder = "";
let hub: HubServer;
let calls: HubCalls;
const progress: string[] = [];
beforeEach(async () => {
  ownFolder = await mkdtemp(path.join(os.tmpdir(), "fitment-hub-calls-"));
  const repositories = {
    "acme/Tuned-8B": {
      files: { "config.json": JSON.stringify(CONFIGS["llama-3-8b"]), "model.safetensors": "" },
    },
    "acme/Many-GGUF": { files: { "a.Q8_0.gguf": qwen3Moe(), "b.Q4_K_M.gguf": llama3() } },
    "acme/Silent": {},
  };
  hub = await startHub(repositories, { "/api/models/acme/Silent": "hang" });
  progress.length = 0;
  calls = hubCalls({
    settings: { endpoint: hub.endpoint, token: null, timeoutMs: 10_000 },
    loadCatalog: () => Promise.resolve(SHIPPED),
    ownFolder,
    onProgress: (line) => void progress.push(line),
  });
});
afterEach(async () => {
  await hub.stop();
  await rm(ownFolder, { recursive: true, force: true });
});

test("a model is added, and what is read is told", async () => {
  const answer = await calls.addFromHub({ repository: " acme/Tuned-8B " });
  const value = { kind: "added", id: "tuned-8b", name: "Tuned-8B", hasReplaced: false };
  expect(answer).toEqual({ kind: "ok", value });
  expect(progress).toEqual(["acme/Tuned-8B: file list", "acme/Tuned-8B: config.json"]);
  await expect(readdir(path.join(ownFolder, "models"))).resolves.toEqual(["tuned-8b.json"]);
});

test("of several files the page is told which, and asks again with one", async () => {
  const names = [
    { name: "a.Q8_0.gguf", fileBytes: qwen3Moe().fileBytes },
    { name: "b.Q4_K_M.gguf", fileBytes: llama3().fileBytes },
  ];
  const answer = await calls.addFromHub({ repository: "acme/Many-GGUF", file: null });
  expect(answer).toEqual({ kind: "ok", value: { kind: "choose-file", names } });
  const again = await calls.addFromHub({ repository: "acme/Many-GGUF", file: "b.Q4_K_M.gguf" });
  expect(again).toMatchObject({ kind: "ok", value: { kind: "added", id: "b.q4-k-m" } });
});

test("a question is given up at once, and nothing is written", async () => {
  const answer = calls.addFromHub({ repository: "acme/Silent", file: null });
  await calls.cancelHub();
  await expect(answer).resolves.toEqual({ kind: "failed", message: "Cancelled; nothing was written." });
  await expect(readdir(ownFolder)).resolves.toEqual([]);
});

test.each([[null], ["acme/Tuned-8B"], [{ repository: 1 }], [{ repository: "a/b", file: 1 }]])(
  "%j from the page is refused",
  async (words) => {
    await expect(calls.addFromHub(words)).resolves.toMatchObject({ kind: "failed" });
    expect(hub.asked).toEqual([]);
  },
);
