import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AdviceData } from "../../src/advice/question.ts";
import type { Card } from "../../src/engine/card.ts";
import type { MachineReport } from "../../src/engine/machine.ts";
import type { Model } from "../../src/engine/model.ts";
import type { Runtime } from "../../src/engine/runtime.ts";
import { readSavedReport } from "../../src/probe/saved-report.ts";
import { renderReport, TEXT_FORMATS } from "../../src/report/formats.ts";
import { reportJson } from "../../src/report/json.ts";
import { makeReport, type ReportInput } from "../../src/report/make-report.ts";
import { readOlderReport } from "../../src/report/older-report.ts";
import { data as shipped, modelNamed, questionOn } from "../advice/catalog-data.ts";
import { PROPERTY_TIMEOUT_MS, RUN_COUNT } from "../fixtures/run-count.ts";
import { withEverything } from "./talkative-machine.ts";
import { type Place, textPlaces, withText } from "./text-places.ts";
import { inputOf } from "./reports.ts";
import { SMALL_REPORT } from "./small-report.ts";

/** Each run makes and renders a whole report, a hundred times as dear as a parser's. */
const REPORT_COUNT = Math.ceil(RUN_COUNT / 10);

/** Few models, so that thousands of reports are made in seconds; what they say of a machine is the same. */
const data: AdviceData = { ...shipped, models: [modelNamed("llama-3.1-8b"), modelNamed("mistral-7b")] };
const question = questionOn("24 GB card", { task: "chat" });

const LETTERS = "a b c d e g h i l m n o p r s t u v w y".split(" ");

/** The name of a person or a computer that nothing else is called. */
const secretName = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 4, maxLength: 9 })
  .map((letters) => `zq${letters.join("")}`);
const serial = fc.constantFrom("PF3X7K2M", "C02ZK1ABMD6R", "5CG1234XYZ", "R90ABC12");

/** Where people have files, by the name of one of them; the last of the word is what must not be seen. */
const FORMS: readonly ((name: string) => string)[] = [
  (name) => `/home/${name}/x.json`,
  (name) => `/home/some ${name}/x`,
  (name) => `/Users/${name}/x`,
  (name) => `C:\\Users\\${name}\\x`,
  (name) => `C:\\Users\\some ${name}\\x`,
  (name) => `C:/Users/${name}/x`,
  (name) => `D:\\${name}\\x`,
  (name) => `\\\\${name}\\share\\x`,
  (name) => `file:///home/${name}/x`,
  (name) => `~/${name}/x`,
  (name) => `~${name}/x`,
  ...["opt", "data", "srv", "mnt", "media", "Volumes", "root", "tmp", "var"].map(
    (folder) => (name: string) => `/${folder}/${name}/x`,
  ),
  (name) => `${name}@example.org`,
];
const NAMED_FORMS: readonly ((name: string) => string)[] = [
  ...FORMS,
  (name) => name,
  (name) => `host ${name}`,
  (name) => `NVIDIA GeForce RTX 4090 of ${name}`,
];
const SERIAL_FORMS: readonly ((name: string) => string)[] = [
  (number) => `Serial ${number}`,
  (number) => `S/N ${number}`,
  (number) => `serial number: ${number}`,
];

interface Planted {
  readonly text: string;
  readonly secret: string;
}

function planted(forms: readonly ((name: string) => string)[]): fc.Arbitrary<Planted> {
  const of = (names: fc.Arbitrary<string>, all: typeof forms): fc.Arbitrary<Planted> =>
    fc
      .tuple(names, fc.constantFrom(...all), fc.constantFrom("", "nvidia-smi ", "NVIDIA RTX 4090, "))
      .map(([secret, form, before]) => ({ text: before + form(secret), secret }));
  return fc.oneof(
    { weight: 4, arbitrary: of(secretName, forms) },
    { weight: 1, arbitrary: of(serial, SERIAL_FORMS) },
  );
}

/** In no format; a PDF is printed from the HTML. */
function expectHidden(input: ReportInput, { secret, text }: Planted, place: Place): void {
  const report = makeReport(input);
  for (const format of TEXT_FORMATS) {
    const shown = renderReport(report, format).toLowerCase();
    expect(shown.includes(secret.toLowerCase()), `${format}, ${place.join(".")}: ${text}`).toBe(false);
  }
}

describe("a secret is in no format", () => {
  const whole = withEverything(question.machine);
  const places = textPlaces(whole);

  test(
    "wherever it stands in a machine file",
    () => {
      expect(places.length).toBeGreaterThan(40);
      fc.assert(
        fc.property(fc.constantFrom(...places), planted(NAMED_FORMS), (place, given) => {
          const read = readSavedReport(withText<MachineReport>(whole, place, given.text));
          if (read.kind === "failed") return; // a word of a closed list: nothing else is taken there
          const { machine } = read;
          expectHidden(inputOf({ ...question, machine }, { data }), given, place);
        }),
        { numRuns: REPORT_COUNT },
      );
    },
    PROPERTY_TIMEOUT_MS,
  );

  const own: Model = {
    ...modelNamed("llama-3.1-8b"),
    ...{ id: "own-model", origin: "own", notes: ["a note"] },
    otherNames: { ollama: { value: "own:8b", source: "a file" }, lmStudio: { missing: "nobody says" } },
    published: [{ repository: "someone/own", quantizations: ["Q4_K_M"], source: "a file" }],
    releaseMonth: { missing: "nobody says" },
  };
  const [someCard] = shipped.cards.filter(({ name }) => name.includes("3090"));
  const [someRuntime] = shipped.runtimes ?? [];
  if (someCard === undefined || someRuntime === undefined) throw new Error("the catalog has both");
  const card: Card = { ...someCard, id: "own-card", origin: "own" };
  const runtime: Runtime = { ...someRuntime, id: "own-runtime", origin: "own" };
  const entries = { model: own, card, runtime };
  // Words of closed lists, which the catalog's schema holds: nothing else gets in there.
  const closed =
    /^(?:id|origin|kind|vendor|vendors|engine|memoryKind|commercialUse|platforms|packings|quantizations)$/;
  const closedFacts = /^(?:releasePrecision\.value|architecture\.value|cache|splits|offloads|reserve)\b/;
  const entryPlaces = textPlaces(entries).filter(
    (place) => !place.some((key) => closed.test(String(key))) && !closedFacts.test(place.slice(1).join(".")),
  );

  test(
    "wherever it stands in a person's own catalog",
    () => {
      expect(entryPlaces.length).toBeGreaterThan(40);
      fc.assert(
        fc.property(fc.constantFrom(...entryPlaces), planted(FORMS), (place, given) => {
          const changed = withText<typeof entries>(entries, place, given.text);
          const asked = {
            ...data,
            models: [...data.models, changed.model],
            cards: [...data.cards, changed.card],
            runtimes: [...(data.runtimes ?? []), changed.runtime],
          };
          const scenario = { ...question.scenario, runtime: changed.runtime };
          const subjects = [changed.model, modelNamed("mistral-7b")].map((model) => ({
            ...{ label: `${model.name}, ${changed.card.name}`, model, quantization: null },
            machine: question.machine,
          }));
          expectHidden(inputOf({ ...question, scenario }, { data: asked, subjects }), given, place);
        }),
        { numRuns: REPORT_COUNT },
      );
    },
    PROPERTY_TIMEOUT_MS,
  );

  test("in a person's own entry, any word about who made it and where it is from", () => {
    const facts = [
      { ...own, developer: "zqgertrude", family: "zqgertrude", notes: ["zqgertrude"] },
      {
        ...own,
        licence: { value: { name: "zqgertrude", commercialUse: "no", note: "zqgertrude" }, source: "zq" },
      },
      { ...own, parameterCount: { missing: "zqgertrude did not say" } },
      { ...own, architecture: { missing: "zqgertrude did not say" } },
    ] satisfies readonly Model[];
    for (const model of facts) {
      const given = { secret: "zqgertrude", text: model.developer };
      expectHidden(inputOf(question, { data: { ...data, models: [...data.models, model] } }), given, [
        model.id,
      ]);
    }
    const report = makeReport(inputOf(question, { data: { ...data, models: [own] } }));
    expect(report.verdicts[0]).toMatchObject({ modelName: own.name, licence: { source: "own entry" } });
  });

  const older: unknown = JSON.parse(reportJson(SMALL_REPORT)); // our own output
  const olderPlaces = textPlaces(older);

  test(
    "wherever it stands in an older report",
    () => {
      expect(olderPlaces.length).toBeGreaterThan(40);
      fc.assert(
        fc.property(fc.constantFrom(...olderPlaces), planted(FORMS), (place, given) => {
          const read = readOlderReport(withText(older, place, given.text));
          if (read.kind === "failed") return;
          expectHidden(inputOf(question, { data, older: read.report }), given, place);
        }),
        { numRuns: REPORT_COUNT },
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});
