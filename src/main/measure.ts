import path from "node:path";
import { measureRamCopy } from "#probe/ram-copy.ts";
import type { RamCopy } from "#engine/machine.ts";
import type { Answer } from "#shared/ipc.ts";
import { toldText } from "#shared/english/told-text.ts";
import { say } from "#words/say.ts";
import { startUtilityProcess } from "./detection.ts";

const MEASURE_SCRIPT = path.join(__dirname, "measure-bandwidth.cjs");

/** Nobody waits for it: on a busy computer processes start late. */
const DEADLINE_MS = 10_000;

/** How fast RAM is copied, measured in a process of its own while the window goes on. */
export async function measureRam(): Promise<Answer<RamCopy>> {
  const measured = await measureRamCopy(MEASURE_SCRIPT, DEADLINE_MS, (script) =>
    startUtilityProcess(script, [], "Fitment: measuring RAM"),
  );
  if (measured.kind === "ok") return { kind: "ok", value: measured.copy };
  return {
    kind: "failed",
    message: say("How fast RAM is copied could not be measured: {reason}.", {
      reason: toldText(measured.message),
    }),
  };
}
