import type { runCommand } from "../../build/run-command.mjs";

/** A Linux system, as far as the build scripts ask about it. */
export interface Distribution {
  /** What `ldd` finds missing. */
  readonly missing?: readonly string[];
  readonly programs?: readonly string[];
  /** Package names that apt's lists hold. */
  readonly known?: readonly string[];
  /** Names of installed packages that end in `t64`. */
  readonly installed?: readonly string[];
}

export const DEBIAN_12 = ["libgtk-3-0", "libasound2", "libcups2", "libnss3"];
export const DEBIAN_13 = ["libgtk-3-0t64", "libasound2t64", "libcups2t64", "libnss3"];

/** `ldd`, `command -v`, `apt-cache policy` and `dpkg-query` as they answer on a system like this. */
export function commandsOf(distribution: Distribution): typeof runCommand {
  const { missing = [], programs = [], known = DEBIAN_12, installed = [] } = distribution;
  return (command, words, options) => {
    const language = options?.env?.LC_ALL ?? "de_DE.UTF-8";
    const [stdout, code] = answer(command, words.at(-1) ?? "", language);
    return Promise.resolve({ code, stdout, stderr: "" });
  };
  function answer(command: string, asked: string, language: string): [string, number] {
    if (command === "ldd") return [lddOutput(missing), 0];
    if (command === "sh") return ["", programs.includes(asked) ? 0 : 1];
    if (command === "apt-cache") return [policyOutput(asked, known, language), 0];
    if (command === "dpkg-query") return dpkgAnswer(installed);
    return ["", 127];
  }
}

function lddOutput(missing: readonly string[]): string {
  const found = ["linux-vdso.so.1 (0x00007ffd)", "libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)"];
  return [...found, ...missing.map((name) => `${name} => not found`)].map((line) => `\t${line}\n`).join("");
}

/** Nothing for a name it never heard; "(none)" for one that only other packages speak of. */
function policyOutput(name: string, known: readonly string[], language: string): string {
  const [installed, candidate] =
    language === "C" ? ["Installed", "Candidate"] : ["Installiert", "Installationskandidat"];
  if (known.includes(name)) return `${name}:\n  ${installed}: (none)\n  ${candidate}: 3.24.38-2\n`;
  const isSpokenOf = name === "libgtk-3-0t64" && known.length > 0;
  return isSpokenOf ? `${name}:\n  ${installed}: (none)\n  ${candidate}: (none)\n` : "";
}

/** A package that was removed is still listed, with another state. */
function dpkgAnswer(installed: readonly string[]): [string, number] {
  const lines = ["rc  libold1t64", ...installed.map((name) => `ii  ${name}`)];
  return [`${lines.join("\n")}\n`, 0];
}
