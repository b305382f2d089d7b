import { describe, expect, test } from "vitest";
import { renderReport, TEXT_FORMATS } from "../../src/report/formats.ts";
import { makeReport } from "../../src/report/make-report.ts";
import { withoutIdentifiers } from "../../src/report/private-text.ts";
import type { MachineReport } from "../../src/engine/machine.ts";
import { questionOn } from "../advice/catalog-data.ts";
import { inputOf } from "./reports.ts";

const SECRETS = [
  "gertrude",
  "gertrudes-laptop",
  "PF3X7K2M",
  "GPU-4f1c2b3a-9d8e-4c7b-a6f5-0123456789ab",
  "8a7b6c5d-1234-4321-abcd-00112233aabb",
  "3c:7c:3f:12:34:56",
  "/home/gertrude/models",
] as const;

/** A machine whose free texts hold all that must not get out. */
function talkative(machine: MachineReport): MachineReport {
  const all = SECRETS.join(" ");
  const [card] = machine.accelerators;
  if (card === undefined) throw new Error("the machine has a card");
  const witness = {
    fact: "memoryTotalBytes",
    value: card.memoryTotalBytes ?? 0,
    source: "nvidia-smi",
    command: `/home/gertrude/bin/nvidia-smi --host gertrudes-laptop`,
    isChosen: true,
  };
  const source = "saved report /home/gertrude/models/m.json of 8a7b6c5d-1234-4321-abcd-00112233aabb";
  return {
    ...machine,
    os: { ...machine.os, source: "uuid: PF3X7K2M" },
    processor: { ...machine.processor, source: "3c:7c:3f:12:34:56" },
    accelerators: [
      {
        ...card,
        id: "GPU-4f1c2b3a-9d8e-4c7b-a6f5-0123456789ab",
        source,
        witnesses: [witness],
      },
    ],
    probes: [{ name: "nvidia-smi", status: "failed", message: all, elapsedMs: 1 }],
    notes: [all, `Host name: gertrudes-laptop`],
  };
}

describe("a report names no person and no machine", () => {
  const question = questionOn("24 GB card", { task: "chat" });
  const machine = talkative(question.machine);
  const report = makeReport(inputOf({ ...question, machine }));

  test.each(TEXT_FORMATS)("%s", (format) => {
    const text = renderReport(report, format);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(text.length).toBeGreaterThan(1000);
  });

  test("and still says which source gave no answer", () => {
    expect(report.machine.silentSources).toEqual(["nvidia-smi"]);
  });
});

test.each([
  ["saved in /home/someone/x.json.", "saved in (path)"],
  [String.raw`C:\Users\someone\x.json`, "(path)"],
  [String.raw`\\server\share\x`, "(path)"],
  ["/Users/someone/x", "(path)"],
  ["Serial Number: ABC123, then", "Serial Number: (id), then"],
  ["somebody@example.org", "(address)"],
  ["0123456789abcdef0123456789abcdef", "(id)"],
])("%s becomes %s", (text, expected) => expect(withoutIdentifiers(text)).toBe(expected));

test.each([
  "/proc/meminfo",
  "Qwen/Qwen3.8-27B",
  "https://huggingface.co/Qwen/Qwen3.8-27B",
  "curl http://127.0.0.1:11434/v1/chat/completions -d @request.json",
  "FROM ./qwen3.8-27b-Q5_K_M.gguf",
  "meta-llama/Llama-3.1-8B@Q8_0",
  "8,192 tokens, 1.4 % of 39 rows",
])("%s stays as it is", (text) => expect(withoutIdentifiers(text)).toBe(text));
