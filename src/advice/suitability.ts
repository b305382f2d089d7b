import { isKnown } from "#engine/fact.ts";
import type { Licence, Model } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { AdviceQuestion } from "./question.ts";
import type { Task } from "./task.ts";

/** Why a model does not come into question, whatever the machine. */
export type Unsuitable =
  | { readonly kind: "sees-no-images" }
  | { readonly kind: "calls-no-tools" }
  /** It continues text; it was not taught to answer. */
  | { readonly kind: "answers-no-chat" }
  | {
      readonly kind: "context-too-short";
      readonly trainedContextLength: number;
      readonly askedContextLength: number;
    }
  | {
      readonly kind: "licence";
      readonly commercialUse: Licence["commercialUse"];
      readonly name: string | null;
    }
  | { readonly kind: "too-many-parameters"; readonly parameterCount: number | null; readonly most: number };

/** Everything of the model alone that stands against it; empty for one that comes into question. */
export function unsuitabilities(model: Model, question: AdviceQuestion): readonly Unsuitable[] {
  const { task, scenario, limits } = question;
  return [
    ...taskGaps(model, task),
    ...contextGap(model, scenario),
    ...(limits.licenceUse === "commercial" ? licenceGap(model) : []),
    ...(limits.mostParameterCount === null ? [] : parameterGap(model, limits.mostParameterCount)),
  ];
}

/** Words of the catalog for models that were taught to follow instructions. */
const ANSWERING: readonly string[] = ["chat", "reasoning", "instruction", "agents", "tools"];

function taskGaps({ modalities, tasks }: Model, task: Task): readonly Unsuitable[] {
  switch (task) {
    case "vision":
      return modalities.includes("image") ? [] : [{ kind: "sees-no-images" }];
    case "tool-use":
      return tasks.includes("tools") || tasks.includes("agents") ? [] : [{ kind: "calls-no-tools" }];
    case "chat":
    case "long-documents":
      return tasks.some((each) => ANSWERING.includes(each)) ? [] : [{ kind: "answers-no-chat" }];
    case "general":
    case "code":
    case "mathematics-reasoning":
    case "multilingual":
      return [];
  }
}

function contextGap({ trainedContextLength: trained }: Model, scenario: Scenario): readonly Unsuitable[] {
  const asked = contextOfOne(scenario);
  if (!isKnown(trained) || trained.value >= asked) return [];
  return [{ kind: "context-too-short", trainedContextLength: trained.value, askedContextLength: asked }];
}

/** What one user has of the context. */
export function contextOfOne(scenario: Scenario): number {
  const { contextLength, parallelSequenceCount } = scenario;
  return scenario.runtime?.cache.sequences === "each"
    ? contextLength
    : Math.max(1, Math.floor(contextLength / parallelSequenceCount));
}

/** What a licence that nobody knows allows is not known either. */
export function allowsUse(model: Model, use: AdviceQuestion["limits"]["licenceUse"]): boolean {
  return use === "any" || licenceGap(model).length === 0;
}

function licenceGap({ licence }: Model): readonly Unsuitable[] {
  const { commercialUse, name } = isKnown(licence)
    ? licence.value
    : { commercialUse: "unknown" as const, name: null };
  return commercialUse === "yes" || commercialUse === "conditional"
    ? []
    : [{ kind: "licence", commercialUse, name }];
}

function parameterGap({ parameterCount }: Model, most: number): readonly Unsuitable[] {
  const count = isKnown(parameterCount) ? parameterCount.value : null;
  return count !== null && count <= most
    ? []
    : [{ kind: "too-many-parameters", parameterCount: count, most }];
}
