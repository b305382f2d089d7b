import type { Runtime } from "#engine/runtime.ts";
import { formatContext, formatMemory } from "./format.ts";

/** What a runtime is and does, a fact a line. */
export function runtimeFacts(runtime: Runtime): readonly { readonly label: string; readonly text: string }[] {
  const { packings, platforms, vendors, runsOnProcessor, splits, offloads, cache } = runtime;
  const devices = [
    ...vendors.map((vendor) => VENDOR_NAMES[vendor]),
    ...(runsOnProcessor ? ["processor"] : []),
  ];
  return [
    { label: "Loads", text: packings.join(", ") },
    {
      label: "Runs on",
      text: `${platforms.map((one) => PLATFORM_NAMES[one]).join(", ")}; ${devices.join(", ")}`,
    },
    { label: "Context unless told", text: defaultContextText(runtime) },
    { label: "Sequences unless told", text: String(runtime.defaultSequenceCount) },
    { label: "KV cache", text: `${cache.types.join(", ")}; ${SEQUENCE_TEXTS[cache.sequences]}` },
    { label: "Several cards", text: splits.length === 0 ? "one only" : `split by ${splits.join(" or ")}` },
    { label: "Stays in RAM", text: offloads.length === 0 ? "nothing" : offloads.join(" or ") },
    { label: "Reserves", text: reserveText(runtime) },
  ];
}

const VENDOR_NAMES = {
  nvidia: "NVIDIA",
  amd: "AMD",
  intel: "Intel",
  apple: "Apple",
  other: "others",
} as const;

const PLATFORM_NAMES = { linux: "Linux", windows: "Windows", macos: "macOS" } as const;

const SEQUENCE_TEXTS = {
  pooled: "all sequences share one context",
  each: "every sequence has a context of its own",
} as const;

function defaultContextText({ defaultContext }: Runtime): string {
  switch (defaultContext.kind) {
    case "trained":
      return "all the model was trained for";
    case "fixed":
      return formatContext(defaultContext.contextLength);
    case "by-memory":
      return defaultContext.steps
        .map(({ fromBytes, contextLength }) =>
          fromBytes === 0
            ? `${formatContext(contextLength)} below`
            : `${formatContext(contextLength)} from ${formatMemory(fromBytes)}`,
        )
        .join(", ");
  }
}

function reserveText({ reserve }: Runtime): string {
  return reserve.kind === "as-needed"
    ? "what the model needs"
    : `${Math.round(reserve.fraction * 100)} % of each card`;
}
