import type { Report, ReportPick, ReportVerdict } from "../../src/report/report.ts";
import { MADE_AT, VERSIONS } from "./made.ts";

const GIB = 2 ** 30;

const LICENCE = { name: "Apache-2.0", commercialUse: "yes", note: null, source: "its page" } as const;

/** Two models by hand, so that whole outputs can be read here: no catalog changes them. */
export const SMALL_PICK: ReportPick = {
  roles: ["best answer"],
  modelId: "small-8b",
  modelName: "Small 8B",
  huggingFaceId: "maker/small-8b",
  parameterCount: 8_030_261_248,
  quantization: "Q4_K_M",
  quality: { index: 50, low: 48, high: 52, evidence: "measured", mode: "only", scoreCount: 12 },
  speed: {
    kind: "known",
    decodeTokensPerSecond: { low: 83, mid: 96, high: 110 },
    prefillTokensPerSecond: null,
    timeToFirstTokenSeconds: null,
    depth: 8192,
    promptLength: 512,
    isMeasuredHere: false,
    sentences: ["Writes 83 to 110 tokens/s."],
  },
  memory: {
    totalBytes: 6 * GIB,
    parts: [
      { key: "weights", label: "Weights", bytes: 5 * GIB },
      { key: "kv-cache", label: "KV cache", bytes: GIB },
    ],
  },
  placementKind: "single",
  devices: [
    {
      name: "Card",
      deviceCount: 1,
      memoryKind: "dedicated",
      capacityBytes: 24 * GIB,
      usedBytes: 6 * GIB,
      layersText: "32 layers",
      parts: [
        { key: "weights", label: "Weights", bytes: 5 * GIB },
        { key: "kv-cache", label: "KV cache", bytes: GIB },
      ],
      freeParts: [
        { key: "margin", label: "Reserve", bytes: GIB },
        { key: "room", label: "Room left", bytes: 17 * GIB },
      ],
    },
  ],
  licence: { ...LICENCE, terms: ["Some uses are forbidden."], url: "https://example.org/licence" },
  reasons: ["Quality 50 (48 to 52)."],
  cautions: [{ kind: "thinks-first", sentence: "It thinks first." }],
  caveats: [],
  nextSteps: [
    {
      kind: "start",
      title: "llama.cpp",
      notes: ["From a folder of your own."],
      settings: [],
      files: [],
      commands: [{ sh: "llama-server -m small.gguf", powershell: "llama-server -m small.gguf" }],
      links: [],
    },
  ],
  nextStepsNote: null,
};

const ROW: ReportVerdict = {
  modelId: "small-8b",
  modelName: "Small 8B",
  developer: "Maker",
  parameterCount: 8_030_261_248,
  group: "needs-quantization",
  verdict: "needs quantization",
  note: "on Card",
  quantization: "Q4_K_M",
  contextLength: 8192,
  placementKind: "single",
  memoryTotalBytes: 6 * GIB,
  weightsBytes: 5 * GIB,
  kvCacheBytes: GIB,
  decodeTokensPerSecond: { low: 83.123_456, mid: 96, high: 110 },
  quality: SMALL_PICK.quality,
  licence: LICENCE,
};

export const UNKNOWN_ROW: ReportVerdict = {
  modelId: "odd",
  modelName: "Odd | *one*",
  developer: "Maker, and Sons",
  parameterCount: null,
  group: "unknown",
  verdict: "unknown",
  note: "Architecture: not stated",
  quantization: null,
  contextLength: 8192,
  placementKind: "none",
  memoryTotalBytes: null,
  weightsBytes: null,
  kvCacheBytes: null,
  decodeTokensPerSecond: null,
  quality: null,
  licence: { name: null, commercialUse: "unknown", note: null, source: "nobody says" },
};

export const SMALL_REPORT: Report = {
  kind: "fitment-report",
  schemaVersion: 1,
  madeAt: MADE_AT,
  versions: VERSIONS,
  machine: {
    system: { name: "Debian", release: "12", architecture: "x64", source: "Node" },
    processor: { name: "Ryzen", physicalCoreCount: 8, threadCount: 16, source: "lscpu" },
    ram: { totalBytes: 64 * GIB, availableBytes: 60 * GIB, source: "/proc/meminfo" },
    accelerators: [
      {
        name: "Card",
        vendor: "nvidia",
        memoryKind: "dedicated",
        memoryTotalBytes: 24 * GIB,
        memoryFreeBytes: 23 * GIB,
        memoryBandwidthBytesPerSecond: 1_008_000_000_000,
        driverVersion: "550.1",
        source: "nvidia-smi",
        facts: [
          { label: "Memory", text: "24.0 GiB", source: "nvidia-smi", disagreement: "lspci says 20.0 GiB" },
        ],
      },
    ],
    facts: [{ label: "RAM", text: "64.0 GiB", source: "/proc/meminfo", disagreement: null }],
    silentSources: ["rocm-smi"],
  },
  question: {
    task: "chat",
    qualityWeight: 0.5,
    languages: [],
    scenario: {
      contextLength: 8192,
      keyCacheType: "f16",
      valueCacheType: "f16",
      lowestQuantization: "Q4_K_M",
      microBatchSize: 512,
      flashAttention: true,
      parallelSequenceCount: 1,
      runtimeId: null,
      backend: null,
    },
    sentences: ["For chat."],
  },
  answer: { summary: ["Small 8B is the best answer.", "1 of 2 models run."], picks: [SMALL_PICK] },
  verdicts: [ROW, UNKNOWN_ROW],
  comparison: {
    subjects: ["Small 8B", "Odd"],
    rows: [{ id: "memory", label: "Memory", cells: ["6.0 GiB", "not known"], best: 0 }],
  },
  methods: [{ title: "Memory", sentences: ["Computed."] }],
  changes: null,
};
