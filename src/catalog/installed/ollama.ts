import { open, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { InstalledCopy } from "#engine/installed.ts";
import { ollamaName } from "./model-names.ts";
import { walkFolder } from "./walk.ts";

/** A copy, with the names it may have in the catalog, best first. */
export interface NamedCopy {
  readonly copy: InstalledCopy;
  readonly candidates: readonly string[];
}

/** A manifest has some hundred bytes, its configuration as well; more is something else and is not read. */
const JSON_SIZE_MAX_BYTES = 65_536;

const layer = z.object({
  mediaType: z.string(),
  digest: z.string().regex(/^sha256[:-][0-9a-f]{6,64}$/),
  size: z.number().nonnegative(),
});

const manifestSchema = z.object({ config: layer.optional(), layers: z.array(layer) });

/** `model_type` is the number of parameters as Ollama writes it: "8.0B", "494.03M". */
const configSchema = z.object({ model_type: z.string() });

const WEIGHTS = "application/vnd.ollama.image.model";

/**
 * Models in Ollama's store: a manifest at `manifests/HOST/OWNER/NAME/TAG` names the blobs in `blobs/sha256-…`
 * (ollama/ollama: types/model/name.go, server/manifest.go). A manifest whose weights are not there is no model.
 */
export async function ollamaModels(
  folder: string,
): Promise<{ readonly found: readonly NamedCopy[]; readonly note: string | null }> {
  const { files, note } = await walkFolder(path.join(folder, "manifests"), () => true);
  const manifests = files.filter(({ parts }) => parts.length === 4);
  const found: NamedCopy[] = [];
  for (const { parts } of manifests) {
    const copy = await modelOfManifest(folder, parts);
    if (copy !== null) found.push(copy);
  }
  return { found, note };
}

async function modelOfManifest(folder: string, parts: readonly string[]): Promise<NamedCopy | null> {
  const manifest = manifestSchema.safeParse(await readJson(path.join(folder, "manifests", ...parts))).data;
  const weights = manifest?.layers.filter(({ mediaType }) => mediaType === WEIGHTS) ?? [];
  const areThere = await Promise.all(weights.map(({ digest }) => exists(blobPath(folder, digest))));
  if (weights.length === 0 || areThere.includes(false)) return null;
  const [host = "", owner = "", name = "", tag = ""] = parts;
  const config = manifest?.config;
  const stated = config === undefined ? null : await readJson(blobPath(folder, config.digest));
  const size = configSchema.safeParse(stated).data?.model_type ?? null;
  return {
    copy: {
      where: "ollama",
      name: shownName({ host, owner, name, tag }),
      sizeBytes: weights.reduce((sum, { size: bytes }) => sum + bytes, 0),
    },
    candidates: host === "registry.ollama.ai" ? candidates(name, tag, size) : [name, `${name}-${tag}`],
  };
}

/** `llama3.1:8b` may be llama-3.1-8b; of `phi4:latest` the configuration says the size. */
function candidates(name: string, tag: string, modelType: string | null): readonly string[] {
  const size = tag.replace(/-(?:instruct|chat|it)\b.*/, "");
  const listed = [tag, size].map((each) => ollamaName(`${name}:${each}`));
  if (tag !== "latest") return [...listed, `${name}-${tag}`, `${name}-${size}`];
  const billions = modelType === null ? undefined : /^(\d+(?:\.\d+)?)B$/.exec(modelType)?.[1];
  if (billions === undefined) return [name];
  const count = Number(billions);
  return [name, ...new Set([count, Math.round(count), Math.floor(count)])].map((size) =>
    typeof size === "number" ? `${name}-${size}b` : size,
  );
}

interface OllamaName {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
  readonly tag: string;
}

/** As `ollama list` writes it. */
function shownName({ host, owner, name, tag }: OllamaName): string {
  if (host !== "registry.ollama.ai") return `${host}/${owner}/${name}:${tag}`;
  return owner === "library" ? `${name}:${tag}` : `${owner}/${name}:${tag}`;
}

function blobPath(folder: string, digest: string): string {
  return path.join(folder, "blobs", digest.replace(":", "-"));
}

async function exists(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false; // half a download
  }
}

/** Null for what is no JSON or too large to be what is looked for. */
async function readJson(file: string): Promise<unknown> {
  try {
    const handle = await open(file);
    try {
      const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(JSON_SIZE_MAX_BYTES + 1) });
      return bytesRead > JSON_SIZE_MAX_BYTES ? null : JSON.parse(buffer.toString("utf8", 0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch {
    return null; // gone, not readable, or no JSON: then it is no manifest
  }
}
