import type { AdviceData } from "#advice/question.ts";
import type { Card } from "#engine/card.ts";
import { isKnown, type Fact } from "#engine/fact.ts";
import type { Licence, Model, OtherNames } from "#engine/model.ts";
import type { Runtime } from "#engine/runtime.ts";
import { plainText } from "./plain-text.ts";

/** What stands for where a person's own entry has its facts from: a file, a colleague, a page behind a password. */
export const OWN_SOURCE = "own entry";

/** What an entry without a name that can be shown is called. */
export const OWN_MODEL_NAME = "own model";
export const OWN_RUNTIME_NAME = "own runtime";

/** Entries as a report may show them: those that ship as they are, a person's own by their figures and plain names. */
export interface PublicEntries {
  readonly modelOf: (model: Model) => Model;
  readonly runtimeOf: (runtime: Runtime) => Runtime;
  readonly data: AdviceData;
}

/** Each entry comes out as one object however often it is asked for, as answers are kept by them. */
export function publicEntries(data: AdviceData): PublicEntries {
  const known = knownWords(data.models);
  const modelOf = once((model: Model) => (model.origin === "shipped" ? model : publicModel(model, known)));
  const runtimeOf = once((runtime: Runtime) =>
    runtime.origin === "shipped" ? runtime : publicRuntime(runtime),
  );
  const { models, runtimes, cards } = data;
  return {
    modelOf,
    runtimeOf,
    data: {
      ...data,
      models: models.map(modelOf),
      cards: cards.map((card) => (card.origin === "shipped" ? card : withOwnSources(card))),
      ...(runtimes === undefined ? {} : { runtimes: runtimes.map(runtimeOf) }),
    },
  };
}

function once<Entry extends object>(change: (entry: Entry) => Entry): (entry: Entry) => Entry {
  const made = new Map<Entry, Entry>();
  return (entry) => {
    const found = made.get(entry) ?? change(entry);
    made.set(entry, found);
    return found;
  };
}

/** What the shipped entries say: in a person's own entry these words name nobody. */
interface KnownWords {
  readonly developers: ReadonlySet<string>;
  readonly families: ReadonlySet<string>;
  readonly licences: ReadonlyMap<string, Licence>;
  readonly missing: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

function knownWords(models: readonly Model[]): KnownWords {
  const shipped = models.filter(({ origin }) => origin === "shipped");
  const licences = shipped.flatMap(({ licence }) => (isKnown(licence) ? [licence.value] : []));
  const facts = shipped.flatMap((model) => Object.values<unknown>({ ...model }));
  return {
    developers: new Set(shipped.map(({ developer }) => developer)),
    families: new Set(shipped.map(({ family }) => family)),
    licences: new Map(licences.map((licence) => [licence.name, licence])),
    missing: new Set(facts.flatMap((fact) => (isMissing(fact) ? [fact.missing] : []))),
    kinds: new Set(shipped.flatMap(({ modalities, tasks }) => [...modalities, ...tasks])),
  };
}

function isMissing(fact: unknown): fact is { readonly missing: string } {
  return typeof fact === "object" && fact !== null && "missing" in fact && typeof fact.missing === "string";
}

function publicModel(model: Model, known: KnownWords): Model {
  const {
    name,
    developer,
    family,
    huggingFaceId,
    otherNames,
    licence,
    published,
    modalities,
    tasks,
    languages,
  } = model;
  const fact = <Value>(given: Fact<Value>): Fact<Value> => ownFact(given, known);
  return {
    ...model,
    name: plainText(name) ?? OWN_MODEL_NAME,
    developer: known.developers.has(developer) ? developer : OWN_SOURCE,
    family: known.families.has(family) ? family : OWN_SOURCE,
    huggingFaceId: huggingFaceId === null ? null : repositoryName(huggingFaceId),
    otherNames: otherNames === undefined ? undefined : publicOtherNames(otherNames),
    releaseMonth: fact(model.releaseMonth),
    licence: publicLicence(fact(licence), known),
    parameterCount: fact(model.parameterCount),
    activeParameterCount: fact(model.activeParameterCount),
    trainedContextLength: fact(model.trainedContextLength),
    releasePrecision: fact(model.releasePrecision),
    architecture: fact(model.architecture),
    modalities: modalities.filter((kind) => known.kinds.has(kind)),
    tasks: tasks.filter((kind) => known.kinds.has(kind)),
    languages: languages === undefined ? undefined : fact(languages),
    supersedes: undefined,
    published: published?.flatMap(({ repository, quantizations }) => {
      const shown = repositoryName(repository);
      return shown === null ? [] : [{ repository: shown, quantizations, source: OWN_SOURCE }];
    }),
    notes: [],
  };
}

function ownFact<Value>(fact: Fact<Value>, { missing }: KnownWords): Fact<Value> {
  if (isKnown(fact)) return { value: fact.value, source: OWN_SOURCE };
  return missing.has(fact.missing) ? fact : { missing: "not stated" };
}

/** Of a licence that the catalog knows by that name its own terms; of any other only whether it may be sold. */
function publicLicence(licence: Fact<Licence>, { licences }: KnownWords): Fact<Licence> {
  if (!isKnown(licence)) return licence;
  const { name, commercialUse } = licence.value;
  const terms = licences.get(name)?.terms;
  const shown = licences.has(name) ? name : "own terms";
  const value = { name: shown, commercialUse, note: null, ...(terms === undefined ? {} : { terms }) };
  return { value, source: OWN_SOURCE };
}

/** As `owner/name` on Hugging Face: anything else may be a path. */
function repositoryName(text: string): string | null {
  return /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/.test(text) ? text : null;
}

function publicOtherNames({ ollama, lmStudio }: OtherNames): OtherNames {
  const shown = (fact: Fact<string> | undefined): Fact<string> | undefined =>
    fact !== undefined && isKnown(fact) && /^[a-z0-9][\w.-]*(?:\/[\w.-]+)?(?::[\w.-]+)?$/i.test(fact.value)
      ? { value: fact.value, source: OWN_SOURCE }
      : undefined;
  return { ollama: shown(ollama), lmStudio: shown(lmStudio) };
}

function publicRuntime(runtime: Runtime): Runtime {
  return { ...runtime, name: plainText(runtime.name) ?? OWN_RUNTIME_NAME, sources: [OWN_SOURCE] };
}

/** A card keeps its names, by which it is found; the report masks them as it does the machine's. */
function withOwnSources(card: Card): Card {
  const facts = Object.entries<unknown>({ ...card }).map(([key, fact]) => [key, ownCardFact(fact)] as const);
  return { ...card, ...Object.fromEntries(facts) };
}

function ownCardFact(fact: unknown): unknown {
  if (isMissing(fact)) return { missing: "not stated" };
  if (typeof fact !== "object" || fact === null || !("source" in fact)) return fact;
  return { ...fact, source: OWN_SOURCE };
}
