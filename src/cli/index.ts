import process from "node:process";
import { writeFailureText } from "#catalog/file-failure.ts";
import { startProbeChild } from "#probe/child-process.ts";
import { measureRamCopy } from "#probe/ram-copy.ts";
import { runProgram } from "./program.ts";

const { stdin, stdout, stderr } = process;

// Whoever reads our output may stop early (`| head`): that is no error.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    stderr.write(`fitment: the answer cannot be written: ${writeFailureText(error, "standard output")}.\n`);
  }
  process.exit(error.code === "EPIPE" ? 0 : 1);
});
stderr.on("error", () => undefined); // nobody reads what is said beside the answer: the answer goes on

void start();

async function start(): Promise<void> {
  process.exitCode = await runProgram(process.argv.slice(2), {
    builtFolder: __dirname,
    probesOf: startProbeChild,
    measureRamCopy: (script) => measureRamCopy(script),
    stdin,
    print: (text) => void stdout.write(text),
    complain: (text) => void stderr.write(text),
    columns: stdout.isTTY ? stdout.columns : null,
  });
}
