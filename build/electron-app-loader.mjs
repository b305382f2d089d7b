import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * What Electron's own `default_app` does, in a runtime that came without it: load the application whose folder is
 * the first argument that is no switch, under that application's name.
 */
const MAIN = `"use strict";
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { app } = require("electron");

const folder = process.argv.slice(1).find((argument) => !argument.startsWith("-"));
if (folder === undefined) {
  console.error("Name the folder of the application to start.");
  process.exit(2);
}
const root = path.resolve(folder);
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const name = manifest.productName ?? manifest.name;
app.setName(name);
app.setVersion(manifest.version);
app.setDesktopName(manifest.desktopName ?? name + ".desktop");
app.setAppPath(root);
if (!app.commandLine.hasSwitch("user-data-dir")) app.setPath("userData", path.join(app.getPath("appData"), name));
require(path.join(root, manifest.main));
`;

const FILES = {
  "package.json": `${JSON.stringify({ name: "app-loader", version: "1.0.0", main: "main.js" })}\n`,
  "main.js": MAIN,
};

/**
 * Puts the loader into an unpacked Electron; a file that is there already stays, an older one is replaced in one
 * step.
 *
 * @param {string} electronFolder
 */
export function writeAppLoader(electronFolder) {
  const folder = path.join(electronFolder, "resources", "app");
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) {
    const file = path.join(folder, name);
    if (textOf(file) === text) continue;
    const temporaryFile = `${file}.${process.pid}`;
    writeFileSync(temporaryFile, text);
    renameSync(temporaryFile, file);
  }
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null; // not there yet
  }
}
