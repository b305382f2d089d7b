import { describe, expect, test } from "vitest";
import { renderReport, TEXT_FORMATS } from "../../src/report/formats.ts";
import { makeReport } from "../../src/report/make-report.ts";
import { withoutIdentifiers } from "../../src/report/private-text.ts";
import { publicMachine, UNNAMED_SOURCE } from "../../src/report/public-machine.ts";
import { isPublic, publicName } from "../../src/report/public-words.ts";
import type { MachineReport } from "../../src/engine/machine.ts";
import { data, questionOn } from "../advice/catalog-data.ts";
import { inputOf } from "./reports.ts";
import { withEverything } from "./talkative-machine.ts";
import { type Place, textPlaces, withText } from "./text-places.ts";

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
  ["C:/Users/someone/x.json", "(path)"],
  [String.raw`C:\Users\some one\x.json, read`, "(path), read"],
  [String.raw`D:\models\x.gguf`, "(path)"],
  ["in /home/some one/x.json", "in (path)"],
  ["file:///home/someone/x%20y.json", "(path)"],
  ["~/models/x.gguf", "(path)"],
  ["~someone/x", "(path)"],
  ["/opt/models/x", "(path)"],
  ["/data/someone/x", "(path)"],
  ["/srv/x and more", "(path) and more"],
  ["/mnt/disk/x", "(path)"],
  ["/Volumes/Some One/x", "(path)"],
  ["Serial PF3X7K2M", "Serial (id)"],
  ["S/N PF3X7K2M", "S/N (id)"],
  ["SN: PF3X7K2M", "SN: (id)"],
  ["serial no. PF3X7K2M", "serial no. (id)"],
])("%s becomes %s", (text, expected) => expect(withoutIdentifiers(text)).toBe(expected));

test.each([
  "/proc/meminfo",
  "Qwen/Qwen3.8-27B",
  "https://huggingface.co/Qwen/Qwen3.8-27B",
  "curl http://127.0.0.1:11434/v1/chat/completions -d @request.json",
  "FROM ./qwen3.8-27b-Q5_K_M.gguf",
  "meta-llama/Llama-3.1-8B@Q8_0",
  "8,192 tokens, 1.4 % of 39 rows",
  "a serial connection, S/N ratio",
  "docker run -v ~/.cache/huggingface:/root/.cache/huggingface",
  "and/or, 40 GB/s",
])("%s stays as it is", (text) => expect(withoutIdentifiers(text)).toBe(text));

describe("names and sources", () => {
  const HARDWARE = [
    "NVIDIA GeForce RTX 4090 Laptop GPU",
    "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition",
    "NVIDIA H100 80GB HBM3",
    "AMD Ryzen 9 7950X 16-Core Processor",
    "AMD RYZEN AI MAX+ 395 w/ Radeon 8060S",
    "Intel(R) Xeon(R) CPU E5-2650 v2 @ 2.60GHz",
    "13th Gen Intel Core i7-13700H",
    "Intel(R) Core(TM) Ultra 9 285",
    "Apple M2 Ultra (76-core GPU)",
    "Snapdragon(R) X Elite - X1E-84-100",
    "Ubuntu 24.04.2 LTS",
    "6.8.0-60-generic",
    "5.15.167.4-microsoft-standard-WSL2",
    "card database (nvidia-smi)",
    "given (name and cores); else Linux (/proc)",
    "nvidia-smi",
    "Windows (CIM)",
    "Jetson's device tree",
    "2 modules, 2 channels taken",
  ];
  test.each(HARDWARE)("%s is shown", (text) => expect(publicName(text)).toBe(text));

  test("every name of the card database is shown", () => {
    expect(data.cards.map(({ name }) => name).filter((name) => !isPublic(name))).toEqual([]);
  });

  test.each([
    ["Gertrude's RTX 4090", "…'s RTX 4090"],
    ["6.8.0-gertrude", "6.8.0-…"],
    ["RTX 4090 of /home/gertrude", "RTX 4090 of home …"],
    ["PF3X7K2M", "…"],
    ["C02ZK1ABMD6R GPU", "… GPU"],
    ["RTX 4090 at 192.168.1.7", "…"],
    ["gertrude", "…"],
  ])("%s is shown as %s", (text, shown) => expect(publicName(text)).toBe(shown));
});

/** As people and their computers are called, and as they write where something lies. */
const HIDDEN = [
  ...["gertrude", "Gertrude Miller", "gertrudes-laptop", "PF3X7K2M", "C02ZK1ABMD6R", "/home/gertrude/x.json"],
  ...[
    "C:/Users/gertrude/x",
    "~/gertrude",
    "file:///srv/gertrude",
    "/data/gertrude",
    "S/N PF3X7K2M",
    "Serial PF3X7K2M",
  ],
  String.raw`C:\Users\Gertrude Miller\x`,
];

test("a secret in any text of a machine file is in no format", () => {
  const whole = withEverything(questionOn("24 GB card", { task: "chat" }).machine);
  const places = textPlaces(whole).filter(isShown);
  expect(places.length).toBeGreaterThan(25);
  for (const place of places) {
    for (const secret of HIDDEN) {
      for (const before of ["", "NVIDIA RTX ", "nvidia-smi "]) {
        const shown = JSON.stringify(publicMachine(withText(whole, place, before + secret), data.cards));
        expect(shown.toLowerCase(), place.join(".")).not.toMatch(/gertrude|miller|pf3x7k2m|c02zk1abmd6r/);
      }
    }
  }
});

test("a machine whose every name is a secret gives a report without it, with the same figures", () => {
  const question = questionOn("24 GB card", { task: "chat" });
  const [card] = question.machine.accelerators;
  if (card === undefined) throw new Error("the machine has a card");
  const machine: MachineReport = {
    ...question.machine,
    processor: { ...question.machine.processor, name: "Gertrude Miller" },
    accelerators: [{ ...card, name: "Gertrudes card PF3X7K2M", source: "~/gertrude/x" }],
  };
  const report = makeReport(inputOf({ ...question, machine }));
  for (const format of TEXT_FORMATS)
    expect(renderReport(report, format).toLowerCase()).not.toMatch(/gertrude|miller|pf3x7k2m/);
  expect(report.machine.accelerators[0]).toMatchObject({ name: "… card …", source: UNNAMED_SOURCE });
  expect(report.machine.accelerators[0]?.memoryTotalBytes).toBe(card.memoryTotalBytes);
});

/** `id` is in no report, and the others are words of closed lists, or when something was read. */
function isShown(place: Place): boolean {
  const last = String(place.at(-1));
  return !/^(id|vendor|memoryKind|parentId|deviceKind|fact|kind|status|readAt|test|modelId|quantization|runtimeId|machine|fromId|toId)$/.test(
    last,
  );
}
