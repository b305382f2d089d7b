import { readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import { writeWholeFile } from "#catalog/write-file.ts";
import type { SettingsFault } from "./settings-fault.ts";
import {
  type Damage,
  migrate,
  type Migrations,
  NO_SETTINGS,
  type Settings,
  SETTINGS_VERSION,
} from "./settings-schema.ts";

/** Settings are some hundred bytes; a file far above that is something else, and is not read. */
const SIZE_MAX_BYTES = 1_000_000;

/** What was kept, and why it is not all of it; null where nothing was wrong. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly fault: SettingsFault | null;
}

/** The three files in the person's folder: the settings, those before them, and a damaged one that was put aside. */
function filesIn(folder: string): {
  readonly current: string;
  readonly backup: string;
  readonly aside: string;
} {
  const inFolder = (name: string): string => path.join(folder, name);
  return {
    current: inFolder("settings.json"),
    backup: inFolder("settings.backup.json"),
    aside: inFolder("settings.damaged.json"),
  };
}

/** Reads the settings; never throws. A damaged file is put aside, and those before it, or the defaults, are used. */
export async function readSettingsFile(folder: string, migrations?: Migrations): Promise<ReadSettings> {
  const files = filesIn(folder);
  const current = await readOne(files.current, migrations);
  if (current.kind === "ok") return { settings: current.settings, fault: null };
  const backup = await readOne(files.backup, migrations);
  const settings = backup.kind === "ok" ? backup.settings : NO_SETTINGS;
  if (current.kind === "absent") return { settings, fault: null }; // a first start, or one between two renames
  const asideName = (await putAside(files)) ? path.basename(files.aside) : null;
  const instead = backup.kind === "ok" ? "backup" : "defaults";
  return { settings, fault: { damage: current.damage, instead, asideName } };
}

/** Writes the settings whole or not at all; what was there is the backup then. Throws where the disk says no. */
export async function writeSettingsFile(folder: string, settings: Settings): Promise<void> {
  const files = filesIn(folder);
  const before = await readOne(files.current);
  if (before.kind === "ok") await writeWholeFile(files.backup, textOf(before.settings));
  await writeWholeFile(files.current, textOf(settings));
}

function textOf(settings: Settings): string {
  return `${JSON.stringify({ version: SETTINGS_VERSION, ...settings }, null, 2)}\n`;
}

type ReadOne =
  | { readonly kind: "ok"; readonly settings: Settings }
  | { readonly kind: "absent" }
  | { readonly kind: "damaged"; readonly damage: Damage };

async function readOne(file: string, migrations?: Migrations): Promise<ReadOne> {
  try {
    if ((await stat(file)).size > SIZE_MAX_BYTES) return { kind: "damaged", damage: { kind: "too-large" } };
    return migrate(JSON.parse(await readFile(file, "utf8")), migrations);
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: "damaged", damage: { kind: "not-json" } };
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return code === "ENOENT" ? { kind: "absent" } : { kind: "damaged", damage: { kind: "refused", code } };
  }
}

/** False where it cannot be moved: then it stays where it is. */
async function putAside({ current, aside }: ReturnType<typeof filesIn>): Promise<boolean> {
  try {
    await rename(current, aside);
    return true;
  } catch (error) {
    console.error("The damaged settings could not be put aside:", error);
    return false;
  }
}
