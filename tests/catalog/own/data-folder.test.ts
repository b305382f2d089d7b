import path from "node:path";
import { expect, test } from "vitest";
import { type Home, ownDataFolder } from "#catalog/own/data-folder.ts";

test.each<[string, Home, string]>([
  ["Linux", { platform: "linux", homeFolder: "/home/me", env: {} }, "/home/me/.local/share/fitment"],
  [
    "Linux with XDG_DATA_HOME",
    { platform: "linux", homeFolder: "/home/me", env: { XDG_DATA_HOME: "/data" } },
    "/data/fitment",
  ],
  [
    "a relative XDG_DATA_HOME, which is to be ignored",
    { platform: "linux", homeFolder: "/home/me", env: { XDG_DATA_HOME: "data" } },
    "/home/me/.local/share/fitment",
  ],
  [
    "macOS",
    { platform: "darwin", homeFolder: "/Users/me", env: {} },
    "/Users/me/Library/Application Support/Fitment",
  ],
  [
    "Windows",
    { platform: "win32", homeFolder: "/users/me", env: { APPDATA: "/roaming" } },
    "/roaming/Fitment",
  ],
  [
    "Windows without APPDATA",
    { platform: "win32", homeFolder: "/users/me", env: {} },
    "/users/me/AppData/Roaming/Fitment",
  ],
  [
    "FITMENT_DATA_DIR everywhere",
    { platform: "darwin", homeFolder: "/Users/me", env: { FITMENT_DATA_DIR: "/elsewhere" } },
    "/elsewhere",
  ],
  [
    "an empty FITMENT_DATA_DIR",
    { platform: "linux", homeFolder: "/home/me", env: { FITMENT_DATA_DIR: " " } },
    "/home/me/.local/share/fitment",
  ],
])("%s", (_, home, folder) => {
  expect(ownDataFolder(home).split(path.sep)).toEqual(folder.split("/"));
});
