import { z } from "zod";
import { TASKS } from "../../src/advice/task.ts";
import { ANSWER_MODES } from "../../src/engine/quality.ts";
import { KV_CACHE_TYPES } from "../../src/engine/kv-cache-type.ts";
import { quantizationNames } from "../../src/engine/quantization.ts";
import { VERDICT_GROUPS } from "../../src/engine/ranking.ts";
import type { Report } from "../../src/report/report.ts";

const text = z.string();
const texts = z.array(z.string());
const bytes = z.int().nonnegative();
const count = z.number().positive();
const quantization = z.enum(quantizationNames()).meta({ id: "Quantization" });
const memoryKind = z.enum(["dedicated", "unified", "system"]).meta({ id: "MemoryKind" });
const verdictGroup = z.enum(VERDICT_GROUPS).meta({ id: "VerdictGroup" });
const placementKind = z
  .enum(["single", "layer-split", "tensor-parallel", "expert-offload", "layer-offload", "cpu", "none"])
  .meta({ id: "PlacementKind" });

/** 80 % interval and the most likely figure. */
const range = z.strictObject({ low: count, mid: count, high: count }).meta({ id: "Range" });
const fact = z
  .strictObject({ label: text, text, source: text, disagreement: text.nullable() })
  .meta({ id: "Fact" });
const part = z.strictObject({ key: text, label: text, bytes }).meta({ id: "MemoryPart" });

const machine = z
  .strictObject({
    system: z.strictObject({
      name: text.nullable(),
      release: text.nullable(),
      architecture: text.nullable(),
      source: text,
    }),
    processor: z.strictObject({
      name: text.nullable(),
      physicalCoreCount: z.int().positive().nullable(),
      threadCount: z.int().positive().nullable(),
      source: text,
    }),
    ram: z.strictObject({ totalBytes: bytes.nullable(), availableBytes: bytes.nullable(), source: text }),
    accelerators: z.array(
      z.strictObject({
        name: text,
        vendor: z.enum(["nvidia", "amd", "intel", "apple", "other"]),
        memoryKind,
        memoryTotalBytes: bytes.nullable(),
        memoryFreeBytes: bytes.nullable(),
        memoryBandwidthBytesPerSecond: count.nullable(),
        driverVersion: text.nullable(),
        source: text,
        facts: z.array(fact),
      }),
    ),
    facts: z.array(fact),
    silentSources: texts,
  })
  .meta({ id: "Machine" });

const question = z
  .strictObject({
    task: z.enum(TASKS),
    qualityWeight: z.number().min(0).max(1),
    languages: texts,
    scenario: z.strictObject({
      contextLength: z.int().positive(),
      keyCacheType: z.enum(KV_CACHE_TYPES),
      valueCacheType: z.enum(KV_CACHE_TYPES),
      lowestQuantization: quantization,
      microBatchSize: z.int().positive(),
      flashAttention: z.boolean(),
      parallelSequenceCount: z.int().positive(),
      runtimeId: text.nullable(),
      backend: text.nullable(),
    }),
    sentences: texts,
  })
  .meta({ id: "Question" });

const quality = z
  .strictObject({
    index: z.number(),
    low: z.number(),
    high: z.number(),
    evidence: z.enum(["measured", "thin"]),
    mode: z.enum(ANSWER_MODES),
    scoreCount: z.int().positive(),
  })
  .meta({ id: "Quality" });

const speed = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("known"),
      decodeTokensPerSecond: range,
      prefillTokensPerSecond: range.nullable(),
      timeToFirstTokenSeconds: range.nullable(),
      depth: z.int().positive(),
      promptLength: z.int().positive(),
      isMeasuredHere: z.boolean(),
      sentences: texts,
    }),
    z.strictObject({ kind: z.literal("missing"), reason: text }),
  ])
  .meta({ id: "Speed" });

const licenceFields = {
  name: text.nullable(),
  commercialUse: z.enum(["yes", "no", "conditional", "unknown"]),
  note: text.nullable(),
  source: text,
};

const licence = z.strictObject(licenceFields).meta({ id: "Licence" });

const licenceTerms = z
  .strictObject({ ...licenceFields, terms: z.array(text), url: text.nullable() })
  .meta({ id: "LicenceTerms" });

const step = z
  .strictObject({
    kind: z.enum([
      "obtain",
      "start",
      "check",
      "monitor",
      "scale",
      "evaluate",
      "fine-tune",
      "several-machines",
    ]),
    title: text,
    notes: texts,
    settings: z.array(z.strictObject({ label: text, value: text })),
    files: z.array(z.strictObject({ name: text, content: text })),
    commands: z.array(z.strictObject({ sh: text, powershell: text })),
    links: texts,
  })
  .meta({ id: "NextStep" });

const caution = z
  .strictObject({
    kind: z.enum([
      "no-evidence",
      "thin-evidence",
      "stand-in-index",
      "thinks-first",
      "image-part",
      "smaller-is-as-good",
      "superseded",
      "specialist-overlooked",
      "replaced",
      "memory-unused",
      "full-precision",
      "context-limit",
      "assumed-ram",
      "slow-prompts",
      "below-speed-floor",
      "licence",
      "energy",
    ]),
    sentence: text,
  })
  .meta({ id: "Caution" });

const pick = z
  .strictObject({
    roles: texts,
    modelId: text,
    modelName: text,
    huggingFaceId: text.nullable(),
    parameterCount: count.nullable(),
    quantization,
    quality: quality.nullable(),
    speed,
    memory: z.strictObject({ totalBytes: bytes, parts: z.array(part) }).nullable(),
    placementKind,
    devices: z.array(
      z.strictObject({
        name: text,
        deviceCount: z.int().positive(),
        memoryKind,
        capacityBytes: bytes,
        usedBytes: bytes,
        layersText: text,
        parts: z.array(part),
        freeParts: z.array(part),
      }),
    ),
    licence: licenceTerms,
    reasons: texts,
    cautions: z.array(caution),
    caveats: texts,
    nextSteps: z.array(step),
    nextStepsNote: text.nullable(),
  })
  .meta({ id: "Pick" });

const verdict = z
  .strictObject({
    modelId: text,
    modelName: text,
    developer: text,
    parameterCount: count.nullable(),
    group: verdictGroup,
    verdict: z.string(),
    note: text,
    quantization: quantization.nullable(),
    contextLength: z.int().positive(),
    placementKind,
    memoryTotalBytes: bytes.nullable(),
    weightsBytes: bytes.nullable(),
    kvCacheBytes: bytes.nullable(),
    decodeTokensPerSecond: range.nullable(),
    quality: quality.nullable(),
    licence,
  })
  .meta({ id: "Verdict" });

const comparison = z
  .strictObject({
    subjects: texts,
    rows: z.array(
      z.strictObject({ id: text, label: text, cells: texts, best: z.int().nonnegative().nullable() }),
    ),
  })
  .meta({ id: "Comparison" });

const named = { name: text };
const change = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("fitment-version"), before: text, after: text }),
    z.strictObject({ kind: z.literal("catalog-date"), before: text.nullable(), after: text.nullable() }),
    z.strictObject({ kind: z.literal("question"), before: texts, after: texts }),
    z.strictObject({ kind: z.enum(["accelerator-added", "accelerator-removed"]), ...named }),
    z.strictObject({ kind: z.literal("driver"), ...named, before: text.nullable(), after: text.nullable() }),
    z.strictObject({
      kind: z.enum(["memory-total", "memory-free"]),
      ...named,
      beforeBytes: bytes.nullable(),
      afterBytes: bytes.nullable(),
    }),
    z.strictObject({ kind: z.enum(["models-added", "models-removed"]), modelNames: texts }),
    z.strictObject({
      kind: z.literal("verdict"),
      modelName: text,
      before: verdictGroup,
      after: verdictGroup,
      beforeText: text,
      afterText: text,
    }),
    z.strictObject({
      kind: z.literal("pick"),
      role: text,
      before: text.nullable(),
      after: text.nullable(),
    }),
  ])
  .meta({ id: "Change" });

/** The JSON format of a report, to the letter; `resources/report.schema.json` is made from it. */
export const reportSchema = z
  .strictObject({
    kind: z.literal("fitment-report"),
    schemaVersion: z.literal(1),
    madeAt: z.iso.datetime(),
    versions: z.strictObject({ fitment: text, catalogDate: z.iso.date().nullable() }),
    machine,
    question,
    answer: z.strictObject({ summary: texts, picks: z.array(pick) }),
    verdicts: z.array(verdict),
    comparison: comparison.nullable(),
    methods: z.array(z.strictObject({ title: text, sentences: texts })),
    changes: z.strictObject({ since: z.iso.datetime(), changes: z.array(change) }).nullable(),
  })
  .meta({
    title: "A report of Fitment",
    description:
      "Which language models run on a machine. Memory in bytes, rates in tokens per second, times in seconds, contexts in tokens; what is not known is null.",
  }) satisfies z.ZodType<Report>;
