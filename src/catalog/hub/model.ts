import type { Fact } from "#engine/fact.ts";
import { parameterCount } from "#engine/memory/tensors.ts";
import type { Architecture, Licence, Model } from "#engine/model.ts";
import type { ReleasePrecision } from "#engine/quantization.ts";
import { activeParametersOf, idOf } from "#catalog/gguf/model.ts";
import { printable } from "#catalog/gguf/metadata.ts";
import type { DescribedConfig } from "./architecture.ts";
import { asObject } from "./config-reader.ts";
import { HubError } from "./hub-error.ts";
import type { Repository } from "./repository.ts";

/** A published count this far from the described one is of another model. */
const DIFFERENCE_FRACTION_MAX = 0.05;
/** Closer than this is rounding or a few unused tensors. */
const DIFFERENCE_FRACTION_NAMED = 0.01;

/** The catalog's entry for a repository whose `config.json` was described. */
export function modelOfConfig(repository: Repository, described: DescribedConfig, json: unknown): Model {
  const { architecture, modelType, trainedContextLength } = described;
  const source = `${placeOf(repository)}: config.json`;
  const packing = packingOf(json);
  return {
    id: idOf(nameOf(repository)),
    origin: "own",
    name: nameOf(repository),
    family: modelType,
    developer: repository.id.split("/")[0] ?? repository.id,
    huggingFaceId: repository.id,
    releaseMonth: { missing: "the hub does not say when a model was released" },
    licence: licenceOf(repository),
    parameterCount: { value: parameterCount(architecture), source: `${source}, added up` },
    activeParameterCount: activeParametersOf(architecture, source),
    trainedContextLength:
      trainedContextLength === null
        ? { missing: "config.json states no max_position_embeddings" }
        : { value: trainedContextLength, source },
    releasePrecision: precisionOf(json, packing, source),
    architecture: { value: architecture, source },
    modalities: ["text"],
    tasks: [repository.task === null ? "not stated" : printable(repository.task)],
    notes: [`Added from ${placeOf(repository)}.`, ...notesOf(repository, described, packing)],
  };
}

/** `Hugging Face ORG/NAME at 0123456789ab`. */
export function placeOf({ id, revision }: Repository): string {
  return `Hugging Face ${id} at ${revision.slice(0, 12)}`;
}

/** The licence as the model card names it. Only of those that are the same text everywhere is it known what they allow. */
export function licenceOf(repository: Repository): Fact<Licence> {
  const { licence } = repository;
  if (licence === null) return { missing: "the model card names no licence" };
  const standard = STANDARD_LICENCES.get(licence.id);
  const source = `${placeOf(repository)}: model card`;
  if (standard !== undefined) return { value: { ...standard, note: null }, source };
  const name = printable(licence.name ?? licence.id).slice(0, 200);
  const note = "as the model card names it; read the licence itself";
  return name.trim() === ""
    ? { missing: "the model card names no licence" }
    : { value: { name, commercialUse: "unknown", note }, source };
}

const STANDARD_LICENCES = new Map<string, Pick<Licence, "name" | "commercialUse">>([
  ["apache-2.0", { name: "Apache-2.0", commercialUse: "yes" }],
  ["mit", { name: "MIT", commercialUse: "yes" }],
  ["bsd-3-clause", { name: "BSD-3-Clause", commercialUse: "yes" }],
  ["cc-by-4.0", { name: "CC-BY-4.0", commercialUse: "yes" }],
  ["cc-by-nc-4.0", { name: "CC-BY-NC-4.0", commercialUse: "no" }],
  ["cc-by-nc-sa-4.0", { name: "CC-BY-NC-SA-4.0", commercialUse: "no" }],
]);

function nameOf({ id }: Repository): string {
  return id.split("/")[1] ?? id;
}

/** `awq`, `gptq`, `fp8`, …; null where the weights are not quantised. */
function packingOf(json: unknown): string | null {
  const method = asObject(asObject(json)?.quantization_config)?.quant_method;
  return typeof method === "string" ? method.toLowerCase() : null;
}

const PRECISION_OF_TYPE = new Map<string, ReleasePrecision>([
  ["float32", "F32"],
  ["bfloat16", "BF16"],
  ["float16", "F16"],
]);

const PRECISION_OF_PACKING = new Map<string, ReleasePrecision>([
  ["fp8", "FP8"],
  ["mxfp4", "MXFP4"],
]);

function precisionOf(json: unknown, packing: string | null, source: string): Fact<ReleasePrecision> {
  const whole = asObject(json);
  const part = asObject(whole?.text_config);
  const type = [whole?.dtype, whole?.torch_dtype, part?.dtype, part?.torch_dtype].find(
    (candidate) => typeof candidate === "string",
  );
  const found =
    packing === null
      ? PRECISION_OF_TYPE.get(typeof type === "string" ? type : "")
      : PRECISION_OF_PACKING.get(packing);
  if (found !== undefined) return { value: found, source };
  return {
    missing:
      packing === null ? "config.json does not state it" : `the repository holds it quantised (${packing})`,
  };
}

function notesOf(
  repository: Repository,
  { architecture, isPartOfLarger }: DescribedConfig,
  packing: string | null,
): readonly string[] {
  return [
    ...(isPartOfLarger ? ["Only the language model is counted; its parts for images or sound are not."] : []),
    ...(packing === null || PRECISION_OF_PACKING.has(packing)
      ? []
      : [
          `The repository's own files are quantised (${printable(packing)}); sizes here are of Fitment's types.`,
        ]),
    ...countNotes(repository, architecture, isPartOfLarger || packing !== null),
  ];
}

/** The hub counts the parameters of the files; a description that is far from that describes something else. */
function countNotes(
  { safetensorsParameterCount }: Repository,
  architecture: Architecture,
  mayDiffer: boolean,
): readonly string[] {
  if (safetensorsParameterCount === null || mayDiffer) return [];
  const described = parameterCount(architecture);
  const difference = Math.abs(described - safetensorsParameterCount) / safetensorsParameterCount;
  const both = `config.json describes ${text(described)} parameters, the files hold ${text(safetensorsParameterCount)}`;
  if (difference > DIFFERENCE_FRACTION_MAX) {
    throw new HubError("unusable", `${both}: the model has parts that are not known here.`);
  }
  return difference > DIFFERENCE_FRACTION_NAMED ? [`${both}.`] : [];
}

function text(count: number): string {
  return count.toLocaleString("en-US");
}
