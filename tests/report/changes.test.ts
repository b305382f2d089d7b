import { describe, expect, test } from "vitest";
import { changesBetween, type OlderReport } from "../../src/report/changes.ts";
import { changeSentences } from "../../src/report/changes-text.ts";
import { reportMarkdown } from "../../src/report/markdown.ts";
import { SMALL_PICK, SMALL_REPORT, UNKNOWN_ROW } from "./small-report.ts";

const GIB = 2 ** 30;
const { machine, answer, verdicts } = SMALL_REPORT;
const [card] = machine.accelerators;
const [row] = verdicts;
if (card === undefined || row === undefined) throw new Error("the small report has a card and a model");

/** The later report, beside the small one as it is. */
const LATER: readonly (readonly [string, Partial<OlderReport>, readonly string[]])[] = [
  ["nothing", {}, []],
  [
    "the driver",
    { machine: { ...machine, accelerators: [{ ...card, driverVersion: "560.2" }] } },
    ["Driver of Card: 550.1, now 560.2."],
  ],
  [
    "free memory",
    { machine: { ...machine, accelerators: [{ ...card, memoryFreeBytes: 10 * GIB }] } },
    ["Card: 23.0 GiB free, now 10.0 GiB."],
  ],
  [
    "free memory that comes and goes by itself",
    { machine: { ...machine, accelerators: [{ ...card, memoryFreeBytes: 22.6 * GIB }] } },
    [],
  ],
  [
    "free RAM, which nobody says any more",
    { machine: { ...machine, ram: { ...machine.ram, availableBytes: null } } },
    ["RAM: 60.0 GiB free, now not known."],
  ],
  [
    "a second card of the same name",
    { machine: { ...machine, accelerators: [card, card] } },
    ["Card #2 is new."],
  ],
  ["no card", { machine: { ...machine, accelerators: [] } }, ["Card is gone."]],
  [
    "a new model",
    { verdicts: [...verdicts, { ...UNKNOWN_ROW, modelId: "new", modelName: "New 70B" }] },
    ["1 model is new in the catalog: New 70B."],
  ],
  ["a model less", { verdicts: [row] }, ["1 model is no longer in the catalog: Odd | *one*."]],
  [
    "a verdict",
    { verdicts: [{ ...row, group: "fits", verdict: "fits" }, UNKNOWN_ROW] },
    ["Small 8B: needs quantization, now fits."],
  ],
  [
    "two verdicts, each in its own way",
    {
      verdicts: [
        { ...row, group: "fits", verdict: "fits" },
        { ...UNKNOWN_ROW, group: "too-large", verdict: "too large" },
      ],
    },
    ["Small 8B: needs quantization, now fits.", "Odd | *one*: unknown, now too large."],
  ],
  [
    "a model that one larger card would hold",
    {
      verdicts: [{ ...row, group: "multiple-gpus-elsewhere", verdict: "needs a larger card" }, UNKNOWN_ROW],
    },
    ["Small 8B: needs quantization, now needs a larger card."],
  ],
  [
    "a role that nothing had",
    { answer: { ...answer, picks: [SMALL_PICK, { ...SMALL_PICK, roles: ["fastest"] }] } },
    ["Fastest: Small 8B at Q4_K_M, where nothing was before."],
  ],
  [
    "another pick",
    { answer: { ...answer, picks: [{ ...SMALL_PICK, modelName: "New 70B" }] } },
    ["Best answer: Small 8B at Q4_K_M, now New 70B at Q4_K_M."],
  ],
  [
    "no pick any more",
    { answer: { ...answer, picks: [] } },
    ["Best answer: nothing any more; it was Small 8B at Q4_K_M."],
  ],
  [
    "versions",
    { versions: { fitment: "0.1.0", catalogDate: null } },
    ["Fitment 0.0.0 is now 0.1.0.", "The catalog was of 2026-11-25 and is of an unknown day."],
  ],
  [
    "what was asked",
    { question: { sentences: ["For code."] } },
    ["Something else was asked, so picks and verdicts differ for that, too. Then: For chat. Now: For code."],
  ],
];

describe("what changed", () => {
  test.each(LATER)("%s", (_name, change, sentences) => {
    const changes = changesBetween(SMALL_REPORT, { ...SMALL_REPORT, ...change });
    expect(changeSentences(changes)).toEqual(sentences);
  });

  test("verdicts that changed alike are one sentence", () => {
    const texts = { beforeText: "too large", afterText: "fits" };
    const change = (modelName: string) =>
      ({ kind: "verdict", modelName, before: "too-large", after: "fits", ...texts }) as const;
    expect(changeSentences([change("A"), change("B")])).toEqual(["Too large, now fits (2): A, B."]);
  });

  test("comes first in the report", () => {
    const changes = { since: "2026-10-01T00:00:00.000Z", changes: [] };
    const text = reportMarkdown({ ...SMALL_REPORT, changes });
    expect(text).toContain("## What changed since 2026-10-01\n\nNothing changed.\n\n## Recommended");
  });
});
