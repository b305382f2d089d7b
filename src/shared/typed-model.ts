import { parameterCount } from "#engine/memory/tensors.ts";
import type { Licence } from "#engine/model.ts";
import { architectureByHand, type ModelByHand, type ShapeByHand } from "#engine/model-by-hand.ts";
import { RELEASE_PRECISIONS } from "#engine/quantization.ts";
import { formatParameterCount } from "./format.ts";
import { parseTokenCount } from "./token-count.ts";
import { say } from "#words/say.ts";

/** A model as it is being typed; empty text for what nobody typed. */
export interface TypedModel {
  readonly name: string;
  readonly developer: string;
  readonly parameters: string;
  readonly layers: string;
  readonly hiddenSize: string;
  readonly vocabulary: string;
  readonly heads: string;
  readonly kvHeads: string;
  readonly headSize: string;
  readonly feedForwardSize: string;
  readonly isGated: boolean;
  readonly tiedEmbeddings: boolean;
  readonly isMixture: boolean;
  readonly experts: string;
  readonly activeExperts: string;
  readonly sharedSize: string;
  readonly context: string;
  readonly precision: string;
  readonly licence: string;
  readonly commercialUse: string;
}

export type TypedField = keyof TypedModel;

/** What is wrong, by field. */
export type TypedProblems = Partial<Record<TypedField, string>>;

export const NOTHING_TYPED: TypedModel = {
  name: "",
  developer: "",
  parameters: "",
  layers: "",
  hiddenSize: "",
  vocabulary: "",
  heads: "",
  kvHeads: "",
  headSize: "",
  feedForwardSize: "",
  isGated: true,
  tiedEmbeddings: false,
  isMixture: false,
  experts: "",
  activeExperts: "",
  sharedSize: "",
  context: "",
  precision: "",
  licence: "",
  commercialUse: "unknown",
};

const LAYERS_MAX = 1024;
const SIZE_MAX = 10_000_000;
const EXPERTS_MAX = 100_000;
const NAME_MAX_CHARACTERS = 200;
/** A count this far from what the sizes come to is of another model, or one of the sizes is mistyped. */
const DIFFERENCE_FRACTION_MAX = 0.05;

export type ReadTyped =
  | { readonly kind: "ok"; readonly model: ModelByHand }
  | { readonly kind: "wrong"; readonly problems: TypedProblems };

/** Reads what was typed; the problems are for people, each at its field. */
export function readTypedModel(typed: TypedModel): ReadTyped {
  const problems: TypedProblems = nameProblems(typed);
  const shape = readShape(typed, problems);
  const trainedContextLength = isEmpty(typed.context) ? null : parseTokenCount(typed.context);
  if (trainedContextLength === null && !isEmpty(typed.context))
    problems.context = say("A count of tokens such as 32768 or 32K, or nothing.");
  const publishedParameterCount = readParameters(typed.parameters);
  if (publishedParameterCount === null && !isEmpty(typed.parameters))
    problems.parameters = say("A count such as 8.03B or 270M, or nothing.");
  if (shape !== null && publishedParameterCount !== null)
    checkCount(publishedParameterCount, shape, problems);
  if (shape === null || Object.keys(problems).length > 0) return { kind: "wrong", problems };
  return {
    kind: "ok",
    model: {
      ...shape,
      name: typed.name.trim(),
      developer: textOrNull(typed.developer),
      publishedParameterCount,
      trainedContextLength,
      releasePrecision: RELEASE_PRECISIONS.find((precision) => precision === typed.precision) ?? null,
      licence: readLicence(typed),
    },
  };
}

/** The parameters that the sizes come to; null as long as one of them is missing or wrong. */
export function parametersSoFar(typed: TypedModel): number | null {
  const shape = readShape(typed, {});
  return shape === null ? null : parameterCount(architectureByHand(shape));
}

function nameProblems({ name, developer, licence, commercialUse }: TypedModel): TypedProblems {
  const tooLong = say("At most 200 characters.");
  const problems: TypedProblems = {};
  if (isEmpty(name)) problems.name = say("The model needs a name.");
  if (name.trim().length > NAME_MAX_CHARACTERS) problems.name = tooLong;
  if (developer.trim().length > NAME_MAX_CHARACTERS) problems.developer = tooLong;
  if (licence.trim().length > NAME_MAX_CHARACTERS) problems.licence = tooLong;
  if (isEmpty(licence) && commercialUse !== "unknown")
    problems.licence = say("Name the licence that says so.");
  return problems;
}

/** Null where a size is missing or wrong; `problems` gets each of them. */
function readShape(typed: TypedModel, problems: TypedProblems): ShapeByHand | null {
  const before = Object.keys(problems).length;
  const size = (field: TypedField, max = SIZE_MAX): number => readSize(field, typed, { problems, max });
  const headCount = size("heads");
  const hiddenSize = size("hiddenSize");
  const shape: ShapeByHand = {
    layerCount: size("layers", LAYERS_MAX),
    hiddenSize,
    vocabularySize: size("vocabulary"),
    headCount,
    kvHeadCount: isEmpty(typed.kvHeads) ? headCount : size("kvHeads"),
    headLength: isEmpty(typed.headSize) ? hiddenSize / headCount : size("headSize"),
    feedForwardSize: size("feedForwardSize"),
    isGated: typed.isGated,
    tiedEmbeddings: typed.tiedEmbeddings,
    experts: typed.isMixture
      ? {
          expertCount: size("experts", EXPERTS_MAX),
          activeExpertCount: size("activeExperts", EXPERTS_MAX),
          sharedSize: isEmpty(typed.sharedSize) ? 0 : size("sharedSize"),
        }
      : null,
  };
  checkHeads(shape, typed, problems);
  if (shape.experts !== null && shape.experts.activeExpertCount > shape.experts.expertCount)
    problems.activeExperts = say("At most as many as there are experts.");
  return Object.keys(problems).length > before ? null : shape;
}

/** NaN where it is missing or wrong, which no comparison takes for a size. */
function readSize(
  field: TypedField,
  typed: TypedModel,
  { problems, max }: { readonly problems: TypedProblems; readonly max: number },
): number {
  const text = String(typed[field]).trim();
  const count = /^(?:\d+|\d{1,3}(?:[,_ ]\d{3})+)$/.test(text) ? Number(text.replaceAll(/[,_ ]/g, "")) : NaN;
  if (text === "") problems[field] = say("This is needed; it stands in the model's config.json.");
  else if (!Number.isInteger(count) || count < 1) problems[field] = say("A whole number above 0.");
  else if (count > max) problems[field] = say("No known model has as many.");
  return problems[field] === undefined ? count : NaN;
}

function checkHeads(
  { headCount, kvHeadCount, headLength }: ShapeByHand,
  typed: TypedModel,
  problems: TypedProblems,
): void {
  if (headCount % kvHeadCount > 0)
    problems.kvHeads = say("The attention heads must be a multiple of the KV heads.");
  if (isEmpty(typed.headSize) && headLength % 1 > 0)
    problems.headSize = say("The hidden size is no multiple of the heads, so the head size is needed.");
}

function checkCount(published: number, shape: ShapeByHand, problems: TypedProblems): void {
  const computed = parameterCount(architectureByHand(shape));
  if (Math.abs(computed / published - 1) <= DIFFERENCE_FRACTION_MAX) return;
  const count = formatParameterCount(computed);
  problems.parameters = say(
    "The sizes come to {count}. One of them is wrong, or this is; it may be left empty.",
    { count },
  );
}

/** "8.03B", "270M"; a bare number is in billions, as models are named. */
function readParameters(text: string): number | null {
  const match = /^(\d+(?:[.,]\d+)?)\s?([bmt]?)$/i.exec(text.trim());
  if (match?.[1] === undefined) return null;
  const each = { "": 1e9, B: 1e9, M: 1e6, T: 1e12 }[match[2]?.toUpperCase() ?? ""];
  const count = Math.round(Number(match[1].replace(",", ".")) * (each ?? 1e9));
  return Number.isSafeInteger(count) && count >= 1 ? count : null;
}

function readLicence(typed: TypedModel): Pick<Licence, "name" | "commercialUse"> | null {
  const name = textOrNull(typed.licence);
  if (name === null) return null;
  const known = (["yes", "no", "conditional"] as const).find((use) => use === typed.commercialUse);
  return { name, commercialUse: known ?? "unknown" };
}

/** An entry as it was typed, to be corrected. */
export function typedFrom(model: ModelByHand): TypedModel {
  const { experts, publishedParameterCount, trainedContextLength } = model;
  const shown = (value: number | null): string => (value === null ? "" : String(value));
  return {
    name: model.name,
    developer: model.developer ?? "",
    parameters: publishedParameterCount === null ? "" : `${publishedParameterCount / 1e9}B`,
    layers: String(model.layerCount),
    hiddenSize: String(model.hiddenSize),
    vocabulary: String(model.vocabularySize),
    heads: String(model.headCount),
    kvHeads: String(model.kvHeadCount),
    headSize: String(model.headLength),
    feedForwardSize: String(model.feedForwardSize),
    isGated: model.isGated,
    tiedEmbeddings: model.tiedEmbeddings,
    isMixture: experts !== null,
    experts: shown(experts?.expertCount ?? null),
    activeExperts: shown(experts?.activeExpertCount ?? null),
    sharedSize: experts === null || experts.sharedSize === 0 ? "" : String(experts.sharedSize),
    context: shown(trainedContextLength),
    precision: model.releasePrecision ?? "",
    licence: model.licence?.name ?? "",
    commercialUse: model.licence?.commercialUse ?? "unknown",
  };
}

function textOrNull(text: string): string | null {
  return isEmpty(text) ? null : text.trim();
}

function isEmpty(text: string): boolean {
  return text.trim() === "";
}
