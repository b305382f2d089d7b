import { describe, expect, test } from "vitest";
import { readSavedReport } from "#probe/saved-report.ts";
import { fixtureMachine } from "../cli/terminal.ts";

const SAVED = fixtureMachine("two-unlike-cards");

test("a report that was saved is read back as it was", () => {
  const json: unknown = JSON.parse(JSON.stringify(SAVED));
  expect(readSavedReport(json)).toEqual({ kind: "ok", machine: SAVED });
});

test("facts that an older report does not have are unknown, and facts of a newer one are kept", () => {
  const read = readSavedReport({
    schemaVersion: 1,
    os: {},
    processor: {},
    ram: {},
    accelerators: [
      { id: "a", name: "A", vendor: "nvidia", memoryKind: "dedicated", colour: "green", details: {} },
    ],
  });
  expect(read).toMatchObject({
    kind: "ok",
    machine: {
      ram: { totalBytes: null, source: "saved report" },
      accelerators: [{ memoryTotalBytes: null, colour: "green", details: { carveOutBytes: null } }],
      notes: [],
    },
  });
});

describe("what is wrong is named with its place", () => {
  test.each([
    [null, "the whole file"],
    [{ ...SAVED, schemaVersion: 2 }, "schemaVersion"],
    [{ ...SAVED, ram: { totalBytes: "64 GiB" } }, "ram.totalBytes"],
    [{ ...SAVED, ram: { totalBytes: -1 } }, "ram.totalBytes"],
    [{ ...SAVED, accelerators: [{ id: "a" }] }, "accelerators.0.name"],
    [
      { ...SAVED, accelerators: SAVED.accelerators.map((one) => ({ ...one, memoryKind: "soft" })) },
      "accelerators.0.memoryKind",
    ],
    [
      {
        ...SAVED,
        accelerators: SAVED.accelerators.map((one) => ({ ...one, details: { carveOutBytes: 1.5 } })),
      },
      "accelerators.0.details.carveOutBytes",
    ],
    [{ ...SAVED, links: [{}] }, "links.0.fromId"],
  ])("%#", (json, place) => {
    expect(readSavedReport(json)).toMatchObject({
      kind: "failed",
      message: expect.stringMatching(`^${place}: `) as unknown,
    });
  });
});
