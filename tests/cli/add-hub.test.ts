import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mergeCatalogs, loadOwnCatalog } from "#catalog/own/merged-catalog.ts";
import { checkModelFile } from "#catalog/schema.ts";
import { llama3, qwen3Moe } from "../catalog/gguf/models.ts";
import { CONFIGS } from "../catalog/hub/configs.ts";
import {
  REVISION,
  startHub,
  type FakeRepository,
  type Fault,
  type HubServer,
} from "../catalog/hub/hub-server.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { runFitment, type Ran } from "./terminal.ts";

const RTX_4090 = ["--gpu", "RTX 4090", "--ram", "64GiB"];
const TOKEN = "hf_0000";

const MANY_GGUF = { "a.Q8_0.gguf": qwen3Moe(), "q4/a.Q4_K_M.gguf": llama3() };

const REPOSITORIES: Readonly<Record<string, FakeRepository>> = {
  "acme/Tuned-8B": {
    info: {
      pipeline_tag: "text-generation",
      cardData: { license: "apache-2.0", language: ["en"] },
      safetensors: { parameters: { BF16: 8_030_261_248 }, total: 8_030_261_248 },
    },
    files: { "config.json": JSON.stringify(CONFIGS["llama-3-8b"]), "model.safetensors": "" },
  },
  "acme/Llama-3-8B": {
    info: { cardData: { license: "other", license_name: "llama3" } },
    files: { "config.json": JSON.stringify(CONFIGS["llama-3-8b"]), "model.safetensors": "" },
  },
  "acme/Tuned-8B-AWQ": {
    files: {
      "config.json": JSON.stringify({
        ...CONFIGS["llama-3-8b"],
        quantization_config: { quant_method: "awq" },
      }),
      "model.safetensors": "",
    },
  },
  "acme/Grown-8B": {
    info: { safetensors: { total: 9_000_000_000 } },
    files: { "config.json": JSON.stringify(CONFIGS["llama-3-8b"]), "model.safetensors": "" },
  },
  "acme/One-GGUF": {
    info: { cardData: { license: "mit" } },
    files: { "README.md": "", "one file.Q4_K_M.gguf": llama3(), "mmproj-one.gguf": llama3() },
  },
  "acme/Many-GGUF": {
    files: { "config.json": "{}", ...MANY_GGUF },
  },
  "acme/Empty": { files: { "README.md": "" } },
  "acme/Strange": { files: { "config.json": '{"model_type":"strange"}', "model.safetensors": "" } },
  "acme/Broken": { files: { "config.json": "<html>", "model.safetensors": "" } },
  "acme/Huge": { files: { "config.json": `"${"x".repeat(5 * 1024 ** 2)}"`, "model.safetensors": "" } },
  "acme/NoGGUF": { files: { "fake.gguf": { header: Buffer.from("no"), fileBytes: 2e6, weightBytes: 0 } } },
};

let folder = "";
let hub: HubServer;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-hub-"));
  hub = await startHub(REPOSITORIES);
});
afterEach(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Asker {
  readonly token?: string;
  readonly endpoint?: string;
  readonly timeoutMs?: number;
  readonly isWatched?: boolean;
  readonly onInterrupt?: (listener: () => void) => () => void;
}

/** A command line with a data folder of its own and the local hub. */
async function fitment(words: readonly string[], asker: Asker = {}): Promise<Ran> {
  const ownFolder = path.join(folder, "data");
  const loadCatalog = async () => mergeCatalogs(SHIPPED, await loadOwnCatalog(ownFolder));
  const {
    token = null,
    endpoint = hub.endpoint,
    timeoutMs = 10_000,
    isWatched = false,
    onInterrupt = () => () => undefined,
  } = asker;
  const settings = { endpoint, token, timeoutMs };
  return await runFitment(words, {
    surroundings: { ownFolder, loadCatalog, hub: { settings, isWatched, onInterrupt } },
  });
}

const entryFile = (id: string): string => path.join(folder, "data", "models", `${id}.json`);

describe("a repository of safetensors", () => {
  test("is described from its config, marked own, with repository and revision as its source", async () => {
    const ran = await fitment(["add", "--hf", "acme/Tuned-8B"]);
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ran.stdout).toContain(
      "Added tuned-8b: Tuned-8B\n8.03 B parameters, 32 layers, for any quantization",
    );
    const file = entryFile("tuned-8b");
    expect(checkModelFile(file, JSON.parse(await readFile(file, "utf8"))).problems).toEqual([]);
    const source = `Hugging Face acme/Tuned-8B at ${REVISION.slice(0, 12)}`;
    const shown = (await fitment(["model", "tuned-8b"])).stdout;
    expect(shown).toContain("From your own catalog.");
    expect(shown).toContain(`${source}: config.json`);
    expect(shown).toContain("Apache-2.0");
  });

  test("and then estimated like the same model of the shipped catalog", async () => {
    await fitment(["add", "--hf", "acme/Tuned-8B"]);
    const [own, shipped] = await Promise.all(
      ["tuned-8b", "llama-3-8b"].map(async (id) => {
        const { stdout } = await fitment(["estimate", id, ...RTX_4090, "--quantization", "Q4_K_M", "--json"]);
        return (JSON.parse(stdout) as { readonly memory: unknown }).memory; // our own answer
      }),
    );
    expect(own).toEqual(shipped);
  });

  test("named like a shipped model is an entry beside it", async () => {
    const { stdout } = await fitment(["add", "--hf", "acme/Llama-3-8B", "--json"]);
    const licence = { name: "llama3", commercialUse: "unknown" };
    expect(JSON.parse(stdout)).toMatchObject({
      model: { id: "llama-3-8b-hub", huggingFaceId: "acme/Llama-3-8B", licence: { value: licence } },
    });
  });

  test("that is quantised says so, and its precision is missing", async () => {
    const { stdout } = await fitment(["add", "--hf", "acme/Tuned-8B-AWQ", "--json"]);
    const answer = JSON.parse(stdout) as { readonly model: { readonly notes: readonly string[] } }; // our own answer
    expect(answer).toMatchObject({
      model: { releasePrecision: { missing: "the repository holds it quantised (awq)" } },
    });
    expect(answer.model.notes[1]).toContain("quantised (awq)");
  });
});

describe("a repository of GGUF files", () => {
  test("with one is read from the file's header alone", async () => {
    const ran = await fitment(["add", "--hf", "acme/One-GGUF", "--json"]);
    expect(ran.exitCode).toBe(0);
    const { weightBytes } = llama3();
    const { stdout } = await fitment([
      "estimate",
      "one-file.q4-k-m",
      ...RTX_4090,
      "--quantization",
      "Q4_K_M",
      "--json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ memory: { weightsBytes: weightBytes } });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      model: {
        huggingFaceId: "acme/One-GGUF",
        licence: { value: { name: "MIT", commercialUse: "yes" } },
        architecture: {
          source: `GGUF file one file.Q4_K_M.gguf, Hugging Face acme/One-GGUF at 0123456789ab`,
        },
      },
    });
    const ranges = hub.asked.filter((line) => line.includes("bytes="));
    expect(ranges).toEqual([
      `/acme/One-GGUF/resolve/${REVISION}/one file.Q4_K_M.gguf bytes=0-${1024 ** 2 - 1}`,
    ]);
  });

  test("with several asks which, with their sizes", async () => {
    const ran = await fitment(["add", "--hf", "acme/Many-GGUF", "--file", "nothing"]);
    expect(ran.stderr).toContain('no one GGUF file "nothing". It has: a.Q8_0.gguf, q4/a.Q4_K_M.gguf.');
    await hub.stop();
    hub = await startHub({ "acme/Many-GGUF": { files: MANY_GGUF } });
    const asked = await fitment(["add", "--hf", "acme/Many-GGUF"]);
    expect(asked).toMatchObject({ exitCode: 1, stdout: "" });
    expect(asked.stderr).toContain("has several GGUF files. Choose one with --file NAME:");
    expect(asked.stderr).toMatch(/ {2}q4\/a\.Q4_K_M\.gguf {2}\d\.\d GB/);
  });

  test.each(["q4/a.Q4_K_M.gguf", "a.Q4_K_M.gguf", "q4_k"])("--file %s", async (name) => {
    const ran = await fitment(["add", "--hf", "acme/Many-GGUF", "--file", name]);
    expect(ran.stdout).toContain("8.03 B parameters, 32 layers, Q4_K_M, weights 4.6 GiB");
  });
});

describe("what goes wrong is said with what to do, and nothing is written", () => {
  const API = "/api/models/acme/Tuned-8B/revision";
  test.each<readonly [string, Fault, Asker, string]>([
    [
      "gated, no token",
      { status: 401, headers: { "X-Error-Code": "GatedRepo" } },
      {},
      "then set HF_TOKEN to a token of your account",
    ],
    [
      "gated, a token without access",
      { status: 403, headers: { "X-Error-Code": "GatedRepo" } },
      { token: TOKEN },
      "the account of HF_TOKEN has no access",
    ],
    ["a wrong token", { status: 401 }, { token: TOKEN }, "refuses the token in HF_TOKEN"],
    [
      "rate-limited, with the wait",
      { status: 429, headers: { RateLimit: '"api";r=0;t=55' } },
      {},
      "Try again in 55 s",
    ],
    [
      "rate-limited, as other servers say it",
      { status: 429, headers: { "Retry-After": "1200" } },
      {},
      "Try again in 1,200 s",
    ],
    ["rate-limited, without the wait", { status: 429 }, {}, "Try again in some minutes"],
    ["a fault of the hub", { status: 502, body: "<html>" }, {}, "answered with status 502"],
    ["no answer", "hang", { timeoutMs: 300 }, "gave no answer for 0.3 s"],
    ["no hub", { status: 200, body: "<html>" }, {}, "no JSON of its usual form"],
    ["no hub, though JSON", { status: 200, body: '{"sha":1}' }, {}, "not in its usual form"],
    [
      "an answer without end",
      { status: 200, headers: { "Content-Length": "9000000" } },
      {},
      "larger than 5 MiB",
    ],
  ])("%s", async (_title, fault, asker, said) => {
    await hub.stop();
    hub = await startHub(REPOSITORIES, { [API]: fault });
    const ran = await fitment(["add", "--hf", "acme/Tuned-8B"], asker);
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    expect(ran.stderr).toContain(said);
    await expect(readdir(folder)).resolves.toEqual([]);
  });

  test.each([
    ["acme/Gone", "The hub has no such model. Is the name right?"],
    ["acme/Empty", "neither a config.json nor a GGUF file"],
    ["acme/Strange", 'type "strange" cannot be described'],
    ["acme/Broken", "config.json is no JSON"],
    ["acme/Huge", "larger than 5 MiB"],
    ["acme/Grown-8B", "describes 8,030,261,248 parameters, the files hold 9,000,000,000"],
    ["acme/NoGGUF", "fake.gguf: This is no GGUF file"],
    ["acme/../secrets", "named ORG/NAME"],
  ])("%s", async (repository, said) => {
    const ran = await fitment(["add", "--hf", repository]);
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    expect(ran.stderr).toContain(said);
    await expect(readdir(folder)).resolves.toEqual([]);
  });

  test("no network", async () => {
    await hub.stop();
    const ran = await fitment(["add", "--hf", "acme/Tuned-8B"]);
    expect(ran.stderr).toMatch(/127\.0\.0\.1:\d+ cannot be reached: nothing answers there\./);
  });

  test.each(["hf_00\n00", "hf 0000", "hf_öä", "hf_00\u001b[31m"])(
    "a token that can be none is refused, and never shown",
    async (token) => {
      const ran = await fitment(["add", "--hf", "acme/Tuned-8B"], { token });
      expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
      expect(ran.stderr).toContain(
        "HF_TOKEN holds a space, a line break or another letter that no token has",
      );
      expect(ran.stderr).not.toContain(token.slice(0, 5));
      expect(hub.asked).toEqual([]);
    },
  );

  test("an endpoint that is no address", async () => {
    const ran = await fitment(["add", "--hf", "acme/Tuned-8B"], { endpoint: "hub" });
    expect(ran.stderr).toContain("HF_ENDPOINT is no web address");
  });

  test("Ctrl-C while the hub is silent", async () => {
    await hub.stop();
    hub = await startHub(REPOSITORIES, { "/api/models/acme/Tuned-8B/tree": "hang" });
    const onInterrupt = (listener: () => void): (() => void) => {
      setTimeout(listener, 50);
      return () => undefined;
    };
    const ran = await fitment(["add", "--hf", "acme/Tuned-8B"], { onInterrupt });
    expect(ran).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: "fitment: Cancelled; nothing was written.\n",
    });
    await expect(readdir(folder)).resolves.toEqual([]);
  });

  test.each([
    [["add", "x.gguf", "--hf", "acme/Tuned-8B"], "not both"],
    [["add", "--hf", "Tuned-8B"], "--hf takes a model as ORG/NAME"],
    [["add", "x.gguf", "--file", "y.gguf"], "--file goes with --hf"],
  ])("%j is wrong usage", async (words, said) => {
    const ran = await fitment(words);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(said);
  });
});

test("progress is shown where somebody looks", async () => {
  const ran = await fitment(["add", "--hf", "acme/One-GGUF"], { isWatched: true });
  expect(ran.stderr).toBe(
    "Reading acme/One-GGUF: file list\nReading one file.Q4_K_M.gguf: header (1 of 1)\n",
  );
});

test("the token is shown to the hub with every question", async () => {
  await fitment(["add", "--hf", "acme/Tuned-8B"], { token: TOKEN });
  expect(hub.asked).toHaveLength(3);
  expect(hub.asked.every((line) => line.endsWith(` Bearer ${TOKEN}`))).toBe(true);
});
