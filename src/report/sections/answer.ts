import { formatMemory, formatMemoryInSum, formatRateRange } from "#shared/format.ts";
import { commercialUseText } from "#shared/model-facts.ts";
import { qualityText } from "#shared/quality-text.ts";
import { type Block, listOf, type Section, section, titledList } from "#report/block.ts";
import { sentenceCase } from "#report/sentence-case.ts";
import type { Report, ReportDevice, ReportLicence, ReportPick, ReportStep } from "#report/report.ts";

/** What to run: the answer in short, and a section for each pick. */
export function answerSections({ answer }: Report): readonly Section[] {
  const [lead = "", ...more] = answer.summary;
  return [
    {
      id: "answer",
      title: "Recommended",
      blocks: [
        { kind: "lead", text: lead },
        ...more.map((text): Block => ({ kind: "paragraph", text })),
        ...speedChart(answer.picks),
        ...qualityChart(answer.picks),
      ],
      sections: answer.picks.map((pick, index) => pickSection(pick, index + 1)),
    },
  ];
}

function speedChart(picks: readonly ReportPick[]): readonly Block[] {
  const rows = picks.flatMap(({ modelName, quantization, speed }) => {
    if (speed.kind === "missing") return [];
    const { low, mid, high } = speed.decodeTokensPerSecond;
    const text = formatRateRange({ low, high });
    return [{ label: `${modelName} at ${quantization}`, low, mid, high, text }];
  });
  if (rows.length === 0) return [];
  const description = rows.map(({ label, text }) => `${label}: ${text} tokens/s`).join("; ");
  return [
    {
      kind: "ranges",
      title: "How fast each writes",
      description: `${description}. Four measured rates in five lie within such a range.`,
      unit: "tokens/s",
      isFromZero: true,
      rows,
    },
  ];
}

function qualityChart(picks: readonly ReportPick[]): readonly Block[] {
  const rows = picks.flatMap(({ modelName, quantization, quality }) => {
    if (quality === null) return [];
    const { index, low, high } = quality;
    return [{ label: `${modelName} at ${quantization}`, low, mid: index, high, text: qualityText(quality) }];
  });
  if (rows.length === 0) return [];
  const description = rows.map(({ label, text }) => `${label}: ${text} index points`).join("; ");
  return [
    {
      kind: "ranges",
      title: "How good each is at the task",
      description: `${description}. In brackets the 80 % interval.`,
      unit: "index points",
      isFromZero: false,
      rows,
    },
  ];
}

function pickSection(pick: ReportPick, number: number): Section {
  const { modelName, quantization, roles, reasons, cautions, caveats, huggingFaceId } = pick;
  return {
    id: `pick-${number}`,
    title: `${sentenceCase(roles.join(", "))}: ${modelName} at ${quantization}`,
    blocks: [
      ...listOf(reasons),
      ...titledList(
        "Good to know",
        cautions.map(({ sentence }) => sentence),
      ),
      ...memoryBlocks(pick),
      ...speedBlocks(pick),
      ...titledList("Left out of these figures", caveats),
      { kind: "heading", text: "Licence" },
      { kind: "paragraph", text: licenceSentence(pick.licence) },
      ...listOf(pick.licence.terms),
      ...linksTo([
        pick.licence.url,
        huggingFaceId === null ? null : `https://huggingface.co/${huggingFaceId}`,
      ]),
    ],
    sections: stepSections(pick, number),
  };
}

function linksTo(addresses: readonly (string | null)[]): readonly Block[] {
  const known = addresses.filter((address) => address !== null);
  return known.length === 0 ? [] : [{ kind: "links", addresses: known }];
}

function licenceSentence({ name, commercialUse, note, source }: ReportLicence): string {
  if (name === null) return `Not known: ${source}.`;
  const noted = note === null ? "" : ` ${note}.`;
  return `${name}: ${commercialUseText(commercialUse)}.${noted} Source: ${source}.`;
}

function memoryBlocks({ modelName, memory, devices }: ReportPick): readonly Block[] {
  if (memory === null) return [];
  return [
    { kind: "heading", text: "Memory" },
    ...(devices.length === 0 ? [] : [memoryChart(modelName, devices)]),
    {
      kind: "table",
      caption: `What ${modelName} takes, part by part`,
      columns: [
        { heading: "Part", align: "start" },
        { heading: "In all", align: "end" },
        ...devices.map(({ name, deviceCount }) => ({
          heading: deviceCount === 1 ? name : `${name}, each`,
          align: "end" as const,
        })),
      ],
      rows: [
        ...memory.parts.map(({ key, label, bytes }) => [
          label,
          formatMemoryInSum(bytes),
          ...devices.map(({ parts }) => partText(parts, key)),
        ]),
        [
          "Together",
          formatMemoryInSum(memory.totalBytes),
          ...devices.map(({ usedBytes }) => formatMemoryInSum(usedBytes)),
        ],
        ["Of", "", ...devices.map(({ capacityBytes }) => formatMemoryInSum(capacityBytes))],
        ["Holds", "", ...devices.map(({ layersText }) => layersText)],
      ],
    },
  ];
}

function partText(parts: ReportDevice["parts"], wanted: string): string {
  const part = parts.find(({ key }) => key === wanted);
  return part === undefined ? "" : formatMemoryInSum(part.bytes);
}

function memoryChart(modelName: string, devices: readonly ReportDevice[]): Block {
  const bars = devices.map(({ name, deviceCount, usedBytes, capacityBytes, parts, freeParts }) => ({
    label: `${name}: ${formatMemory(usedBytes)} of ${formatMemory(capacityBytes)}${deviceCount === 1 ? "" : " each"}`,
    parts: [...parts, ...freeParts].map(({ key, label, bytes }) => ({ key, label, size: bytes })),
  }));
  const description = devices
    .map(({ name, parts, freeParts }) => {
      const words = [...parts, ...freeParts].map(({ label, bytes }) => `${label} ${formatMemory(bytes)}`);
      return `${name}: ${words.join(", ")}`;
    })
    .join("; ");
  return {
    kind: "bars",
    title: `Where the memory of ${modelName} lies`,
    description: `${description}.`,
    bars,
  };
}

function speedBlocks({ speed }: ReportPick): readonly Block[] {
  const sentences = speed.kind === "known" ? speed.sentences : [`No figure: ${speed.reason}.`];
  return [
    { kind: "heading", text: "Speed" },
    { kind: "paragraph", text: sentences.join(" ") },
  ];
}

function stepSections(
  { modelName, nextSteps, nextStepsNote }: ReportPick,
  number: number,
): readonly Section[] {
  if (nextSteps.length === 0 && nextStepsNote === null) return [];
  const note: readonly Block[] = nextStepsNote === null ? [] : [{ kind: "paragraph", text: nextStepsNote }];
  const blocks = [...note, ...nextSteps.flatMap(stepBlocks)];
  return [section(`steps-${number}`, `Next steps with ${modelName}`, blocks)];
}

function stepBlocks(step: ReportStep, index: number): readonly Block[] {
  const { title, notes, settings, files, commands, links } = step;
  return [
    { kind: "heading", text: `${index + 1}. ${title}` },
    ...listOf([...notes, ...settings.map(({ label, value }) => `${label}: ${value}`)]),
    ...files.map(({ name, content }): Block => ({
      kind: "code",
      label: `File ${name}`,
      language: "",
      text: content.trimEnd(),
    })),
    ...commandBlocks(commands),
    ...(links.length === 0 ? [] : [{ kind: "links" as const, addresses: links }]),
  ];
}

/** One block where both shells take the same. */
function commandBlocks(commands: ReportStep["commands"]): readonly Block[] {
  if (commands.length === 0) return [];
  const sh = commands.map((command) => command.sh).join("\n");
  const powershell = commands.map((command) => command.powershell).join("\n");
  if (sh === powershell) return [{ kind: "code", label: "Command", language: "sh", text: sh }];
  return [
    { kind: "code", label: "Command, Linux and macOS", language: "sh", text: sh },
    { kind: "code", label: "Command, Windows PowerShell", language: "powershell", text: powershell },
  ];
}
