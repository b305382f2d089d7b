import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nextSteps } from "../../src/advice/next/next-steps.ts";
import { estimateFit } from "../../src/engine/estimate.ts";
import { type Fact, isKnown } from "../../src/engine/fact.ts";
import { DEFAULT_SCENARIO, type Scenario } from "../../src/engine/scenario.ts";
import { englishLeft } from "../../src/shared/english/told-parts.ts";
import { FORMS, markedParts, toldText } from "../../src/shared/english/told-text.ts";
import { licenceTermTexts } from "../../src/shared/licence-text.ts";
import { SOURCES } from "../../src/shared/memory-source-forms.ts";
import { FORMULAS, NAMES } from "../../src/shared/memory-term-text.ts";
import { MESSAGES } from "../../src/shared/probe-message-text.ts";
import { SPEED_BASES } from "../../src/shared/speed-basis-text.ts";
import { loadMessages } from "../../src/words/load-messages.ts";
import { speak } from "../../src/words/spoken.ts";
import { data, modelNamed, questionOn } from "../advice/catalog-data.ts";
import { NOT_TOLD } from "./english-not-told.ts";
import { englishTexts, isWorded } from "./english-texts.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const ALL_FORMS = [...FORMS, ...FORMULAS, ...NAMES, ...SOURCES, ...MESSAGES, ...SPEED_BASES];

/** What of a text nobody could say in another language. */
function untold(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].filter((text) => englishLeft(text, ALL_FORMS).some(isWorded));
}

test.each(["src/engine", "src/catalog", "src/probe"])(
  "each sentence that %s has can be said in every language, or it is written down why not",
  (folder) => {
    const left = englishTexts(ROOT, folder).filter(
      ({ file, text }) =>
        untold([text]).length > 0 &&
        !NOT_TOLD.some((rule) => file.startsWith(rule.file) && (rule.text?.test(text) ?? true)),
    );
    expect(left).toEqual([]);
  },
);

test("what an answer leaves out, and why there is none, can be said of every model on several cards", () => {
  const runtimes = data.runtimes ?? [];
  const { machine } = questionOn("2 x 24 GB");
  const extras = { projector: true, mtp: true, draft: null, loraRank: 16 } as const;
  const scenarios: readonly Scenario[] = [
    DEFAULT_SCENARIO,
    { ...DEFAULT_SCENARIO, extras },
    { ...DEFAULT_SCENARIO, split: "tensor", flashAttention: false },
    { ...DEFAULT_SCENARIO, split: "tensor", keyCacheType: "q8_0" },
    { ...DEFAULT_SCENARIO, split: "tensor" },
    ...runtimes.flatMap((runtime) => [
      { ...DEFAULT_SCENARIO, runtime },
      { ...DEFAULT_SCENARIO, runtime, split: "layer" as const },
    ]),
  ];
  const sentences = new Set<string>();
  for (const scenario of scenarios) {
    for (const model of data.models) {
      const { caveats, verdict } = estimateFit(model, machine, scenario);
      for (const caveat of caveats) sentences.add(caveat);
      if (verdict.kind === "unknown") sentences.add(verdict.missing);
    }
  }
  expect(sentences.size).toBeGreaterThan(15);
  expect(untold(sentences)).toEqual([]);
});

test("why a fact of the catalog is missing, and what it says of licences, can be said", () => {
  const missing = (fact: Fact<unknown>): readonly string[] => (isKnown(fact) ? [] : [fact.missing]);
  const facts = data.models.flatMap((model) => [
    ...missing(model.architecture),
    ...missing(model.parameterCount),
    ...missing(model.activeParameterCount),
    ...missing(model.licence),
    ...missing(model.trainedContextLength),
    ...missing(model.releasePrecision),
    ...missing(model.releaseMonth),
  ]);
  const licences = data.models.flatMap(({ licence }) => (isKnown(licence) ? [licence.value] : []));
  const ofLicences = licences.flatMap(({ note, terms }) => [
    ...(note === null ? [] : [note]),
    ...(terms?.notice === undefined ? [] : [terms.notice]),
    ...(terms?.excludedWhat === undefined ? [] : [terms.excludedWhat]),
  ]);
  expect(new Set(ofLicences).size).toBeGreaterThan(40);
  expect(untold([...facts, ...ofLicences])).toEqual([]);
});

describe("in German", () => {
  beforeEach(async () => speak({ tag: "de", locale: "de-DE", messages: await loadMessages("de") }));
  afterEach(() => speak({ tag: "en", locale: "en-US", messages: {} }));

  test.each([
    [
      "sentences one by one",
      "How much memory RTX 4090 has is not known. It is left out.",
      "Wie viel Speicher RTX 4090 hat, ist nicht bekannt. Sie wird nicht mitgezählt.",
    ],
    [
      "clauses one by one",
      "counted from the architecture; 52B by stanford-crfm/helm: README.md",
      "aus der Architektur errechnet; 52B nach stanford-crfm/helm: README.md",
    ],
    [
      "what has no form stays",
      "usual precision of the family; some words of nobody",
      "übliche Genauigkeit der Familie; some words of nobody",
    ],
    [
      "a file before what is wrong with it",
      "cut.gguf: The file is cut short: 5 bytes of its weights are missing. Download it again.",
      "cut.gguf: Die Datei ist abgeschnitten: Es fehlen 5 Bytes ihrer Gewichte. Erneut herunterladen.",
    ],
    [
      "a field that is missing",
      "processor.name: missing; expected a text",
      "processor.name: fehlt; erwartet: ein Text",
    ],
    [
      "a whole file of another kind",
      "the whole file: expected named fields in braces, not a list",
      "die ganze Datei: erwartet: benannte Felder in geschweiften Klammern, nicht eine Liste",
    ],
    [
      "a number out of bounds",
      "ram.totalBytes: expected at least 1, not 0",
      "ram.totalBytes: erwartet: mindestens 1, nicht 0",
    ],
  ])("%s", (_what, english, german) => {
    expect(toldText(english)).toBe(german);
  });

  test("words that stay English are marked, names alone are not", () => {
    const source = "not stated; see the paper on scaling; allenai/OLMo: README.md";
    expect(markedParts(`(${toldText(source)})`, [source])).toEqual([
      { text: "(nicht angegeben; ", isEnglish: false },
      { text: "see the paper on scaling", isEnglish: true },
      { text: "; allenai/OLMo: README.md)", isEnglish: false },
    ]);
  });

  test("a text of which nothing has a form is marked in one piece", () => {
    const note = "The vocabulary in the files is 262,208; some sources say 262,144.";
    expect(markedParts(toldText(note), [note])).toEqual([{ text: note, isEnglish: true }]);
  });

  test("a title in a known form is marked as well", () => {
    const operator = "Mixtral of Experts by many hands, in Epoch AI";
    expect(markedParts(toldText(operator), [operator])).toEqual([
      { text: "Mixtral of Experts by many hands", isEnglish: true },
      { text: ", bei Epoch AI", isEnglish: false },
    ]);
  });

  test("a licence's notice is German", () => {
    const texts = licenceTermTexts({
      name: "Apache-2.0",
      spdx: "Apache-2.0",
      url: null,
      source: "LICENSE",
      notice: "the copyright notice and the licence",
    });
    expect(texts).toEqual(["Mit weiterzugeben: der Urheberrechtsvermerk und die Lizenz."]);
  });

  test("why no other runtime runs a model, and which fact is missing for steps, has a form", () => {
    const question = {
      ...questionOn("2 x 24 GB"),
      cards: data.cards,
      runtimes: data.runtimes ?? [],
      scenario: DEFAULT_SCENARIO,
      purpose: "development",
      quantization: null,
      task: null,
    } as const;
    const machine = { ...question.machine, os: { ...question.machine.os, platform: "linux" } };
    const { others } = nextSteps({ ...question, machine, model: modelNamed("llama-3.1-8b") });
    const english = others
      .map(({ reason }) => reason)
      .filter((reason) => /\b(the|and|is|not)\b/.test(reason));
    expect(english.length).toBeGreaterThan(0);
    expect(untold(english)).toEqual([]);
  });
});
