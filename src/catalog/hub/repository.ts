import { listFiles, modelInfo } from "@huggingface/hub";
import { z } from "zod";
import { printable } from "#catalog/gguf/metadata.ts";
import { HubError } from "./hub-error.ts";
import { hubFetch, type HubAccess } from "./hub-fetch.ts";

/** One file of a repository. */
export interface RepositoryFile {
  readonly path: string;
  readonly fileBytes: number;
}

/** What the hub says of a repository at one revision. */
export interface Repository {
  /** `ORG/NAME`, as the hub spells it. */
  readonly id: string;
  /** The commit all further reads are of. */
  readonly revision: string;
  readonly files: readonly RepositoryFile[];
  /** From the model card; null where it states none. */
  readonly licence: { readonly id: string; readonly name: string | null } | null;
  readonly task: string | null;
  /** All parameters of its safetensors files; null where the hub has not counted them. */
  readonly safetensorsParameterCount: number | null;
}

/** The largest repositories have a few thousand files. */
const FILE_COUNT_MAX = 20_000;

const stringsOrOne = z.union([z.string(), z.array(z.string())]).catch([]);

/** The hub's answer; only what is used, and nothing of it is trusted to be there. */
const infoSchema = z.object({
  name: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  task: z.string().optional().catch(undefined),
  cardData: z
    .object({
      license: stringsOrOne.optional(),
      license_name: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  safetensors: z.object({ total: z.int().positive() }).optional().catch(undefined),
});

/** Reads what the hub says of a model's repository, and its list of files. */
export async function readRepository(name: string, access: HubAccess): Promise<Repository> {
  const info = await readInfo(name, access);
  const { cardData, sha, safetensors, task } = info;
  const [licenceId] = [cardData?.license ?? []].flat();
  return {
    id: info.name,
    revision: sha,
    files: await readFiles(info.name, sha, access),
    licence: licenceId === undefined ? null : { id: licenceId, name: cardData?.license_name ?? null },
    task: task ?? null,
    safetensorsParameterCount: safetensors?.total ?? null,
  };
}

async function readInfo(name: string, access: HubAccess): Promise<z.infer<typeof infoSchema>> {
  const answer: unknown = await asUsable(() =>
    modelInfo({
      name,
      hubUrl: access.settings.endpoint,
      additionalFields: ["sha", "cardData", "safetensors"],
      fetch: hubFetch(access),
    }),
  );
  const info = infoSchema.safeParse(answer);
  if (info.success) return info.data;
  throw new HubError("unusable", "The hub's answer is not in its usual form. Is HF_ENDPOINT a hub?");
}

async function readFiles(name: string, revision: string, access: HubAccess): Promise<RepositoryFile[]> {
  const { endpoint } = access.settings;
  const list = listFiles({
    repo: name,
    revision,
    recursive: true,
    hubUrl: endpoint,
    fetch: hubFetch(access),
  });
  return await asUsable(async () => {
    const files: RepositoryFile[] = [];
    for await (const { type, path, size } of list) {
      if (type === "file" && isNameable(path) && Number.isSafeInteger(size)) {
        files.push({ path, fileBytes: size });
      }
      if (files.length > FILE_COUNT_MAX) {
        throw new HubError("too-large", "The repository has over 20,000 files, which no known model's has.");
      }
    }
    return files;
  });
}

/** Names with what would steer a terminal are passed over: no model needs such a file. */
function isNameable(path: unknown): boolean {
  return typeof path === "string" && path === printable(path);
}

/** The hub's client parses JSON itself, and fails in its own words where there is none. */
async function asUsable<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    throw new HubError("unusable", "The hub's answer is no JSON of its usual form. Is HF_ENDPOINT a hub?");
  }
}
