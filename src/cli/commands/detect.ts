import type { Options } from "#cli/arguments.ts";
import { detectionLines } from "#cli/output/machine-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import type { Surroundings } from "#cli/surroundings.ts";

/** `fitment detect`: what this machine is, and where each fact comes from. */
export async function detect(options: Options, surroundings: Surroundings): Promise<void> {
  const machine = await surroundings.detectMachine();
  const { print, isColourful, columns } = surroundings;
  if (options.json === true) print(JSON.stringify(machine, null, 2));
  else print(detectionLines(machine, terminalStyle(isColourful), columns).join("\n"));
}
