import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findInstalled } from "#catalog/installed/find-installed.ts";
import { modelPlaces } from "#catalog/installed/places.ts";
import { ENTRIES_MAX } from "#catalog/installed/walk.ts";
import type { InstalledIn } from "#engine/installed.ts";
import { SHIPPED } from "../shipped.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-installed-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, content = "weights"): Promise<string> {
  const at = path.join(folder, name);
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, content);
  return at;
}

const look = (where: InstalledIn) => findInstalled([{ where, folder }], SHIPPED.models);

async function idsIn(where: InstalledIn): Promise<readonly string[]> {
  return (await look(where)).models.map(({ modelId }) => modelId);
}

const digest = (letter: string): string => letter.repeat(64);

/** One model in Ollama's store, as its manifest states it. */
async function ollamaModel(name: string, modelType: string | null = null): Promise<void> {
  const layer = (mediaType: string, letter: string, size: number): object => ({
    mediaType,
    digest: `sha256:${digest(letter)}`,
    size,
  });
  const manifest = {
    schemaVersion: 2,
    config: layer("application/vnd.docker.container.image.v1+json", "c", 10),
    layers: [
      layer("application/vnd.ollama.image.model", "a", 4_661_211_808),
      layer("application/vnd.ollama.image.license", "b", 12_403),
    ],
  };
  await file(`manifests/${name}`, JSON.stringify(manifest));
  await file(`blobs/sha256-${digest("a")}`);
  if (modelType !== null)
    await file(`blobs/sha256-${digest("c")}`, JSON.stringify({ model_type: modelType }));
}

describe("Ollama", () => {
  test.each([
    ["registry.ollama.ai/library/llama3.1/8b", null, "llama-3.1-8b"],
    ["registry.ollama.ai/library/llama3.1/8b-instruct-q4_K_M", null, "llama-3.1-8b"],
    ["registry.ollama.ai/library/qwen3/8b", null, "qwen3-8b"],
    ["registry.ollama.ai/library/gemma3/4b-it-qat", null, "gemma-3-4b"],
    ["registry.ollama.ai/library/llama3/latest", "8.0B", "llama-3-8b"],
    ["registry.ollama.ai/library/phi4/latest", "14.7B", "phi-4"],
    ["registry.ollama.ai/library/mixtral/8x7b", null, "mixtral-8x7b"],
    ["registry.ollama.ai/library/mistral/7b", null, "mistral-7b-v0.3"],
    ["registry.ollama.ai/library/mistral/7b-instruct-q8_0", null, "mistral-7b-v0.3"],
    ["registry.ollama.ai/library/qwen/7b-chat-q4_0", null, "qwen1.5-7b"],
    ["hf.co/someone/Qwen3-8B-GGUF/Q4_K_M", null, "qwen3-8b"],
  ])("%s of %s is %s", async (name, modelType, id) => {
    await ollamaModel(name, modelType);
    expect(await idsIn("ollama")).toContain(id);
  });

  test("is shown as it names the model, with the size of the weights alone", async () => {
    await ollamaModel("registry.ollama.ai/library/llama3.1/8b");
    const { models } = await look("ollama");
    const copy = { where: "ollama", name: "llama3.1:8b", sizeBytes: 4_661_211_808 };
    expect(models).toEqual([{ modelId: "llama-3.1-8b", copies: [copy] }]);
  });

  test("half a download, a manifest that is none, and one without an end are no models", async () => {
    await ollamaModel("registry.ollama.ai/library/llama3.1/8b");
    await rm(path.join(folder, "blobs"), { recursive: true });
    await file("manifests/registry.ollama.ai/library/qwen3/8b", "{");
    await file("manifests/registry.ollama.ai/library/qwen3/4b", `${" ".repeat(70_000)}{}`);
    expect(await look("ollama")).toEqual({ models: [], unmatched: [], notes: [] });
  });

  test("a model that the catalog does not know is said to be there", async () => {
    await ollamaModel("registry.ollama.ai/library/brand-new/1b");
    expect((await look("ollama")).unmatched).toMatchObject([{ name: "brand-new:1b" }]);
  });
});

describe("files are matched by their name or by their folder's", () => {
  test.each<[InstalledIn, string, string]>([
    ["lm-studio", "someone/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf", "qwen3-8b"],
    ["lm-studio", "lmstudio-community/Qwen3-8B-MLX-4bit/model.safetensors", "qwen3-8b"],
    ["hugging-face", "models--Qwen--Qwen3-8B/snapshots/0a1b/model-00001-of-00005.safetensors", "qwen3-8b"],
    ["hugging-face", "models--x--Qwen3-8B-GGUF/snapshots/0a1b/Qwen3-8B-UD-Q4_K_XL.gguf", "qwen3-8b"],
    ["llama.cpp", "someone_Qwen3-8B-GGUF_Qwen3-8B-IQ4_XS.gguf", "qwen3-8b"],
    ["folder", "Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf", "llama-3.1-8b"],
    ["folder", "a/b/c/d/Qwen3_8B.Q8_0.gguf", "qwen3-8b"],
    ["folder", "qwen3-8b-f16-00001-of-00002.gguf", "qwen3-8b"],
  ])("%s: %s is %s", async (where, name, id) => {
    await file(name);
    expect(await idsIn(where)).toContain(id);
  });

  test.each([
    ["a fine-tune", "Qwen3-8B-Pirate-Q4_K_M.gguf"],
    ["another size", "Qwen3-8.5B.gguf"],
    ["a projector", "mmproj-Qwen3-8B.gguf"],
    ["text", "Qwen3-8B.txt"],
    ["too deep", "1/2/3/4/5/6/7/Qwen3-8B.gguf"],
  ])("%s is not taken for the model", async (_why, name) => {
    await file(name);
    expect(await idsIn("folder")).toEqual([]);
  });

  test("the parts of a split file are one copy with their sizes together", async () => {
    await file("Qwen3-8B-Q8_0-00001-of-00002.gguf", "123");
    await file("Qwen3-8B-Q8_0-00002-of-00002.gguf", "4567");
    const { models } = await look("folder");
    const copy = { where: "folder", name: "Qwen3-8B-Q8_0.gguf", sizeBytes: 7 };
    expect(models).toEqual([{ modelId: "qwen3-8b", copies: [copy] }]);
  });
});

describe("what is looked at has bounds", () => {
  test("links lead to files in the same folder, as in the hub's cache, and never out of it", async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), "fitment-outside-"));
    await writeFile(path.join(outside, "Qwen3-4B.gguf"), "weights");
    await file("blobs/abc");
    await symlink(path.join(folder, "blobs/abc"), path.join(folder, "Qwen3-8B.gguf"));
    await symlink(path.join(outside, "Qwen3-4B.gguf"), path.join(folder, "Qwen3-4B.gguf"));
    await symlink(outside, path.join(folder, "elsewhere"));
    await symlink(path.join(folder, "nothing"), path.join(folder, "Qwen3-32B.gguf"));
    await symlink(folder, path.join(folder, "round"));
    expect(await idsIn("folder")).toEqual(["qwen3-8b"]);
    await rm(outside, { recursive: true });
  });

  test("a folder with too many entries is left at the bound, and that is said", async () => {
    const many = Array.from({ length: ENTRIES_MAX + 10 }, (_, index) => `${index}.txt`);
    for (let at = 0; at < many.length; at += 500) {
      await Promise.all(many.slice(at, at + 500).map((name) => writeFile(path.join(folder, name), "")));
    }
    const { notes } = await look("folder");
    expect(notes).toEqual([`${folder}: only the first 20000 entries were looked at`]);
  });

  test("a folder that is not there is no news", async () => {
    const place = { where: "folder", folder: path.join(folder, "gone") } as const;
    expect(await findInstalled([place], SHIPPED.models)).toEqual({ models: [], unmatched: [], notes: [] });
  });
});

describe("places", () => {
  const on = (platform: NodeJS.Platform, env: Readonly<Record<string, string>> = {}, named: string[] = []) =>
    modelPlaces({ platform, homeFolder: "/home/a", env }, named).map(({ where, folder: at }) => [where, at]);

  test("on Linux", () => {
    expect(on("linux")).toEqual([
      ["ollama", "/home/a/.ollama/models"],
      ["ollama", "/usr/share/ollama/.ollama/models"],
      ["lm-studio", "/home/a/.lmstudio/models"],
      ["lm-studio", "/home/a/.cache/lm-studio/models"],
      ["hugging-face", "/home/a/.cache/huggingface/hub"],
      ["llama.cpp", "/home/a/.cache/llama.cpp"],
    ]);
  });

  test("on macOS llama.cpp has another cache", () => {
    expect(on("darwin")).toContainEqual(["llama.cpp", "/home/a/Library/Caches/llama.cpp"]);
  });

  test("the tools' own variables count, and so do the folders a person names", () => {
    const env = {
      OLLAMA_MODELS: "/data/ollama",
      HF_HOME: "/data/hf",
      LLAMA_CACHE: "/data/llama",
      FITMENT_MODEL_DIRS: "/data/one:not/absolute:/data/two",
    };
    expect(on("linux", env, ["/data/three"])).toEqual([
      ["ollama", "/data/ollama"],
      ["lm-studio", "/home/a/.lmstudio/models"],
      ["lm-studio", "/home/a/.cache/lm-studio/models"],
      ["hugging-face", "/data/hf/hub"],
      ["llama.cpp", "/data/llama"],
      ["folder", "/data/one"],
      ["folder", "/data/two"],
      ["folder", "/data/three"],
    ]);
  });
});
