import type { Runtime } from "#engine/runtime.ts";
import { formatContext, formatMemory } from "./format.ts";
import { commaText, orText } from "#words/lists.ts";
import { say } from "#words/say.ts";

/** What a runtime is and does, a fact a line. */
export function runtimeFacts(runtime: Runtime): readonly { readonly label: string; readonly text: string }[] {
  const { packings, platforms, vendors, runsOnProcessor, splits, offloads, cache } = runtime;
  const devices = [
    ...vendors.map((vendor) => (vendor === "other" ? say("others") : VENDOR_NAMES[vendor])),
    ...(runsOnProcessor ? [say("processor")] : []),
  ];
  return [
    { label: say("Loads"), text: packings.join(", ") },
    {
      label: say("Runs on"),
      text: `${platforms.map((one) => PLATFORM_NAMES[one]).join(", ")}; ${commaText(devices)}`,
    },
    { label: say("Context unless told"), text: defaultContextText(runtime) },
    { label: say("Sequences unless told"), text: String(runtime.defaultSequenceCount) },
    { label: say("KV cache"), text: `${cache.types.join(", ")}; ${sequencesText(cache.sequences)}` },
    { label: say("Several cards"), text: splitsText(splits) },
    {
      label: say("Stays in RAM"),
      text: offloads.length === 0 ? say("nothing") : orText(offloads.map(offloadText)),
    },
    { label: say("Takes in advance"), text: reserveText(runtime) },
  ];
}

const VENDOR_NAMES = {
  nvidia: "NVIDIA",
  amd: "AMD",
  intel: "Intel",
  apple: "Apple",
} as const;

const PLATFORM_NAMES = { linux: "Linux", windows: "Windows", macos: "macOS" } as const;

function sequencesText(sequences: Runtime["cache"]["sequences"]): string {
  return sequences === "pooled"
    ? say("all sequences share one context")
    : say("every sequence has a context of its own");
}

function splitsText(splits: Runtime["splits"]): string {
  if (splits.length === 0) return say("one only");
  const kinds = splits.map((split) => (split === "layers" ? say("layers") : say("tensor")));
  return say("split by {kinds}", { kinds: orText(kinds) });
}

function offloadText(offload: Runtime["offloads"][number]): string {
  return offload === "layers" ? say("layers") : say("experts");
}

function defaultContextText({ defaultContext }: Runtime): string {
  switch (defaultContext.kind) {
    case "trained":
      return say("all the model was trained for");
    case "fixed":
      return formatContext(defaultContext.contextLength);
    case "by-memory":
      return commaText(
        defaultContext.steps.map(({ fromBytes, contextLength }) => {
          const context = formatContext(contextLength);
          return fromBytes === 0
            ? say("{context} below", { context })
            : say("{context} from {memory}", { context, memory: formatMemory(fromBytes) });
        }),
      );
  }
}

function reserveText({ reserve }: Runtime): string {
  return reserve.kind === "as-needed"
    ? say("what the model needs")
    : say("{percent} % of each card", { percent: Math.round(reserve.fraction * 100) });
}
