import type { RepositoryFile } from "./repository.ts";

/** A model in GGUF form in a repository: one file, or all parts of a split one, in order. */
export interface GgufChoice {
  /** What `--file` takes: the path of the file or of its first part. */
  readonly name: string;
  readonly fileBytes: number;
  readonly files: readonly RepositoryFile[];
}

const PART = /-(\d{5})-of-(\d{5})\.gguf$/i;

/** Every GGUF model of a repository; projectors of images and sound, and matrices of importance, are none. */
export function ggufChoices(files: readonly RepositoryFile[]): readonly GgufChoice[] {
  const groups = new Map<string, RepositoryFile[]>();
  for (const file of [...files].sort(byPath)) {
    if (!/\.gguf$/i.test(file.path) || /(?:^|\/)[^/]*(?:mmproj|imatrix)[^/]*$/i.test(file.path)) continue;
    const key = file.path.replace(PART, "-of-$2.gguf");
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()].map((parts) => ({
    name: parts[0]?.path ?? "",
    fileBytes: parts.reduce((sum, { fileBytes }) => sum + fileBytes, 0),
    files: parts,
  }));
}

/** The one that a person names: by path, by file name, or by a part of it that only one has. */
export function findGguf(choices: readonly GgufChoice[], wanted: string): GgufChoice | null {
  const named = choices.find(({ files }) =>
    files.some(({ path }) => path === wanted || path.endsWith(`/${wanted}`)),
  );
  if (named !== undefined) return named;
  const alike = choices.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

function byPath(one: RepositoryFile, other: RepositoryFile): number {
  if (one.path === other.path) return 0;
  return one.path < other.path ? -1 : 1;
}
