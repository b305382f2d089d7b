import { qualityScaleText } from "#shared/quality-text.ts";
import type { ReportMethod } from "./report.ts";

/**
 * How the figures come about, and how far off they are known to be. The figures of accuracy are those of the README's
 * tables, which `npm run accuracy` and `npm run speed:fit` make; a test holds the two together.
 */
export const METHODS: readonly ReportMethod[] = [
  {
    title: "Memory",
    sentences: [
      "Computed, not looked up: weights from the tensors of each model's architecture and the layout of the quantization, the KV cache from its heads and layers, buffers from the way llama.cpp lays them out, and a reserve is kept on each device.",
      "Against what people measured on their devices, the whole memory is off by 1.4 % in the median and by less than 7.1 % in nine of ten rows (39 rows); files of publishers' own mixtures by 5.4 % and 8.1 % (40 rows).",
      "Of 43 loads that ran out of memory none is placed on the cards, and of 208 that fitted none is refused.",
    ],
  },
  {
    title: "Speed",
    sentences: [
      "A range from the bandwidth and computing power of each device, with constants fitted on published measurements; it is made to hold four measured rates in five.",
      "Predicted for devices that the fit did not see, writing on one accelerator is off by 6.2 % in the median for dense models and by 11 % for mixtures of experts. It is least certain for prompts on a processor and after long contexts.",
    ],
  },
  {
    title: "Quality",
    sentences: [
      "From published scores, put on one scale; what a quantization and a cache type lose is taken off. Without a published score no figure is shown.",
      qualityScaleText(),
    ],
  },
  {
    title: "What it does not say",
    sentences: [
      "Nothing was run on this machine for this report, unless a figure says that it was measured here. A licence is given as its publisher states it and is no legal advice.",
    ],
  },
];
