import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { failure, notInstalledFailure, runScript } from "./failure.mjs";

/**
 * What the packed Electron may do, under the names electron-builder and `@electron/fuses` share: no use as a Node,
 * nothing from NODE_OPTIONS or `--inspect`, no code from outside the archive, cookies encrypted. The archive's own
 * integrity is checked on macOS and Windows; on Linux Electron has no such check, and the fuse has no effect.
 *
 * @type {Readonly<Record<string, boolean>>}
 */
export const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
};

/** @typedef {Readonly<Record<string, "on" | "off" | "removed" | "unset">>} FuseStates */

/** As `@electron/fuses` reads the wire: the characters "0", "1", "r" and 0x90. @type {ReadonlyMap<unknown, FuseStates[string]>} */
const STATES = new Map([
  [0x30, "off"],
  [0x31, "on"],
  [0x72, "removed"],
]);

/** @param {string} executable @returns {Promise<FuseStates>} */
export async function readFuses(executable) {
  const { FuseV1Options, getCurrentFuseWire } = await loadFuses();
  const wire = await getCurrentFuseWire(executable);
  const states = Object.keys(FUSES).map((name) => {
    const place = FuseV1Options[fuseName(name)];
    return [name, STATES.get(wire[place]) ?? "unset"];
  });
  return Object.fromEntries(states);
}

/** Sets the fuses of an Electron in place. @param {string} executable */
export async function burnFuses(executable) {
  const { FuseV1Options, FuseVersion, flipFuses } = await loadFuses();
  const config = Object.entries(FUSES).map(([name, isOn]) => [FuseV1Options[fuseName(name)], isOn]);
  await flipFuses(executable, { version: FuseVersion.V1, ...Object.fromEntries(config) });
}

/** What is not as it should be, each as "name is on"; none where all is well. @param {FuseStates} states */
export function differingFuses(states) {
  return Object.entries(FUSES)
    .filter(([name, isOn]) => states[name] !== (isOn ? "on" : "off"))
    .map(([name]) => `${name} is ${states[name] ?? "unset"}`);
}

/** Its own names begin with a capital. @param {string} name */
function fuseName(name) {
  return /** @type {keyof typeof import("@electron/fuses").FuseV1Options & string} */ (
    name.charAt(0).toUpperCase() + name.slice(1)
  );
}

async function loadFuses() {
  try {
    return await import("@electron/fuses");
  } catch {
    throw notInstalledFailure("@electron/fuses");
  }
}

/** `node build/fuses.mjs read|burn EXECUTABLE` */
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(async () => {
    const [action, executable] = process.argv.slice(2);
    if (executable === undefined || (action !== "read" && action !== "burn")) {
      throw failure(
        "This reads or sets the fuses of an Electron.",
        "node build/fuses.mjs read|burn EXECUTABLE",
      );
    }
    if (action === "burn") await burnFuses(path.resolve(executable));
    const states = await readFuses(path.resolve(executable));
    for (const [name, state] of Object.entries(states)) console.log(`${name}: ${state}`);
    return differingFuses(states).length === 0 ? 0 : 1;
  });
}
