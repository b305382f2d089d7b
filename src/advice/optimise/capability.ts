import { matchCard } from "#engine/card-search.ts";
import type { Card } from "#engine/card.ts";
import { isKnown, type Fact } from "#engine/fact.ts";
import type { Accelerator } from "#engine/machine.ts";
import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";
import { say } from "#words/say.ts";

/** What of an accelerator decides which kernels it runs; null where neither a tool nor the card database says. */
export interface Generation {
  readonly name: string;
  readonly vendor: AcceleratorVendor;
  /** NVIDIA's, 8.9 for Ada. */
  readonly computeCapability: number | null;
  /** AMD's compiler target, "gfx942". */
  readonly gfxTarget: string | null;
}

/** What some hardware can do and other cannot. */
export type Feature =
  "fp8" | "nvfp4" | "int8" | "awq" | "gptq" | "bitsandbytes" | "flash-attention-2" | "bfloat16" | "exllama";

/** Whether it can, why not, and where that was read. Unknown hardware is neither able nor unable. */
export interface Ability {
  readonly can: "yes" | "no" | "unknown";
  readonly reason: string;
  readonly source: string;
}

/** What a tool on the machine says of an accelerator, else what all cards of the database that it may be agree on. */
export function generationOfAccelerator(accelerator: Accelerator, cards: readonly Card[]): Generation {
  const { name, vendor, details } = accelerator;
  const search = matchCard(accelerator, cards);
  const found = search.kind === "found" ? [search.card] : search.kind === "ambiguous" ? search.cards : [];
  const capability = details?.computeCapability ?? agreed(found.map((card) => card.computeCapability));
  return {
    name,
    vendor,
    computeCapability: capability === null ? null : Number(capability),
    gfxTarget: details?.gfxTarget ?? agreed(found.map((card) => card.gfxTarget)),
  };
}

function agreed(facts: readonly Fact<string>[]): string | null {
  const [first, ...rest] = facts.map((fact) => (isKnown(fact) ? fact.value : null));
  return first !== undefined && rest.every((value) => value === first) ? first : null;
}

/** Least compute capability of NVIDIA's cards, AMD's compiler targets, and other makers' as a whole. */
interface Rule {
  readonly nvidiaFrom: number;
  readonly amd: RegExp | null;
  readonly others: readonly AcceleratorVendor[];
}

/** Where a documentation's table and its text differ, the narrower one stands. */
const RULES: Record<Feature, Rule> = {
  fp8: { nvidiaFrom: 8.9, amd: /^gfx(94|95|120)/, others: [] },
  nvfp4: { nvidiaFrom: 10, amd: null, others: [] },
  int8: { nvidiaFrom: 7.5, amd: null, others: [] },
  awq: { nvidiaFrom: 7.5, amd: null, others: ["intel"] },
  gptq: { nvidiaFrom: 7.5, amd: null, others: ["intel"] },
  bitsandbytes: { nvidiaFrom: 7, amd: null, others: [] },
  "flash-attention-2": { nvidiaFrom: 8, amd: /^gfx9(0a|4|5)/, others: [] },
  bfloat16: { nvidiaFrom: 8, amd: /^gfx(9(08|0a|4|5)|11|12)/, others: ["apple", "intel"] },
  exllama: { nvidiaFrom: 8, amd: null, others: [] },
};

/** Where a rule was read. */
function sourceOf(feature: Feature): string {
  const table = say("vLLM documentation {version}, features/quantization: supported hardware", {
    version: "0.14",
  });
  switch (feature) {
    case "fp8":
      return say("{table}; fp8: computed from compute capability 8.9 on, else only stored", { table });
    case "nvfp4":
      return say("CUDA programming guide: FP4 tensor cores from compute capability 10.0 on");
    case "int8":
    case "awq":
    case "gptq":
    case "bitsandbytes":
      return table;
    case "flash-attention-2":
      return say("Dao-AILab/flash-attention README: Ampere, Ada or Hopper and newer; on AMD MI200 and MI300");
    case "bfloat16":
      return say("CUDA programming guide: bfloat16 from compute capability 8.0 on");
    case "exllama":
      return say("turboderp-org/exllamav3 README and TabbyAPI config_sample.yml: Ampere and newer");
  }
}

/** What an accelerator does that has the feature, to be put into one of the sentences below. */
function featureText(feature: Feature): string {
  switch (feature) {
    case "fp8":
      return say("computes in FP8");
    case "nvfp4":
      return say("computes in NVFP4");
    case "int8":
      return say("computes with INT8 weights and activations in vLLM");
    case "awq":
      return say("runs AWQ");
    case "gptq":
      return say("runs GPTQ");
    case "bitsandbytes":
      return say("runs bitsandbytes");
    case "flash-attention-2":
      return say("runs FlashAttention-2");
    case "bfloat16":
      return say("computes in bfloat16");
    case "exllama":
      return say("runs ExLlamaV3's kernels");
  }
}

/** Whether one accelerator can do it. */
export function abilityOf(generation: Generation, feature: Feature): Ability {
  const source = sourceOf(feature);
  const values = { name: generation.name, does: featureText(feature) };
  switch (isAble(generation, RULES[feature])) {
    case true:
      return { can: "yes", reason: say("{name} {does}.", values), source };
    case false:
      return { can: "no", reason: say("{name} is not one that {does}.", values), source };
    case null:
      return { can: "unknown", reason: say("Whether {name} {does} is not known.", values), source };
  }
}

/** Of several together: what one of them cannot, they cannot. */
export function commonAbility(generations: readonly Generation[], feature: Feature): Ability {
  const abilities = generations.map((generation) => abilityOf(generation, feature));
  const found =
    abilities.find(({ can }) => can === "no") ??
    abilities.find(({ can }) => can === "unknown") ??
    abilities[0];
  if (found !== undefined) return found;
  const reason = say("There is no accelerator here that {does}.", { does: featureText(feature) });
  return { can: "no", reason, source: sourceOf(feature) };
}

function isAble({ vendor, computeCapability, gfxTarget }: Generation, rule: Rule): boolean | null {
  switch (vendor) {
    case "nvidia":
      return computeCapability === null ? null : computeCapability >= rule.nvidiaFrom;
    case "amd":
      if (rule.amd === null) return false;
      return gfxTarget === null ? null : rule.amd.test(gfxTarget);
    case "apple":
    case "intel":
    case "other":
      return rule.others.includes(vendor);
  }
}
