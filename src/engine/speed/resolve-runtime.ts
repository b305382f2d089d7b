import { missing, type ResolvedDevice, type ResolvedRuntime, type Unresolved } from "./resolved.ts";
import type { SpeedConstants } from "./speed-constants.ts";

/** Programs that run llama.cpp. */
const LLAMA_CPP_IDS = ["llama.cpp", "ollama", "lm-studio"];

/** The runtime's constants, or that nobody measured it on such devices. */
export function resolveRuntime(
  runtimeId: string,
  devices: readonly ResolvedDevice[],
  { runtimes }: SpeedConstants,
): ResolvedRuntime | Unresolved {
  if (LLAMA_CPP_IDS.includes(runtimeId)) return { kind: "llama.cpp" };
  const cards = devices.filter((device) => device.kind === "accelerator");
  const own = runtimes.find(
    ({ runtime, vendor }) => runtime === runtimeId && cards.every(({ facts }) => facts.vendor === vendor),
  );
  if (own === undefined || cards.length < devices.length) {
    return missing(`no controlled rates of ${runtimeId} on such devices were found`);
  }
  return { kind: "factor", constants: own };
}
