import path from "node:path";

/** What the place of the person's own catalog depends on. */
export interface Home {
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder of the person's own models and accelerators: `FITMENT_DATA_DIR`, else where programs of that system
 * keep data (XDG Base Directory Specification 0.8: a relative XDG_DATA_HOME is to be ignored).
 */
export function ownDataFolder({ platform, homeFolder, env }: Home): string {
  const named = env.FITMENT_DATA_DIR;
  if (named !== undefined && named.trim() !== "") return path.resolve(named);
  if (platform === "darwin") return path.join(homeFolder, "Library", "Application Support", "Fitment");
  if (platform === "win32") {
    return path.join(absolute(env.APPDATA) ?? path.join(homeFolder, "AppData", "Roaming"), "Fitment");
  }
  return path.join(absolute(env.XDG_DATA_HOME) ?? path.join(homeFolder, ".local", "share"), "fitment");
}

function absolute(folder: string | undefined): string | null {
  return folder !== undefined && path.isAbsolute(folder) ? folder : null;
}
