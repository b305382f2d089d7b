import { command } from "#advice/next/command.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step, type NextStep } from "#advice/next/step.ts";
import { gbText } from "#advice/next/text.ts";
import {
  derivedModelsLink,
  folderOf,
  weightsSource,
  type Artefact,
  type WeightsSource,
} from "#advice/next/weights-source.ts";
import { expertPackingOf, weightsBytes, weightsOf } from "#engine/memory/weights.ts";
import { isKnown } from "#engine/fact.ts";
import { finestPacking } from "#engine/prepare.ts";
import { QUANTIZATIONS, type QuantizationName } from "#engine/quantization.ts";
import { say } from "#words/say.ts";

/** A GGUF file to start, and how it is got. */
export interface GgufFile {
  readonly obtain: NextStep;
  readonly source: WeightsSource;
  /** In the folder the commands are run in; null where the runtime downloads the file itself. */
  readonly fileName: string | null;
}

/** llama-quantize refuses these without an importance matrix (`tools/quantize/quantize.cpp`, read 2026-11). */
const NEEDS_IMPORTANCE_MATRIX: readonly QuantizationName[] = [
  "IQ1_S",
  "IQ1_M",
  "IQ2_XXS",
  "IQ2_XS",
  "IQ2_S",
  "IQ3_XXS",
  "Q2_K_S",
];

/** What `convert_hf_to_gguf.py --outtype` writes by itself; the rest is packed in a second step. */
const OUTPUT_TYPES: Partial<Record<QuantizationName, string>> = {
  F32: "f32",
  F16: "f16",
  BF16: "bf16",
  Q8_0: "q8_0",
};

/** The GGUF file of a packing: published, the person's own, or made from the makers' weights. */
export function ggufFile(question: StartQuestion): GgufFile {
  const { model, quantization } = question;
  const source = weightsSource(model, quantization, isGguf);
  switch (source.kind) {
    case "published":
      return publishedFile(source.artefact, source);
    case "own-file":
      return {
        source,
        fileName: `${model.id}.gguf`,
        obtain: step("obtain", say("Your own file"), {
          notes: [say("Put its name in the place of {file} below.", { file: `${model.id}.gguf` })],
        }),
      };
    case "made":
    case "release":
      return madeFile(question, source.repository, source);
    case "unverified":
      return unknownFile(question, source);
  }
}

function unknownFile({ model, quantization }: StartQuestion, source: WeightsSource): GgufFile {
  const fileName = `${model.id}-${quantization}.gguf`;
  return {
    source,
    fileName,
    obtain: step("obtain", say("A GGUF file at {quantization}", { quantization }), {
      notes: [
        say("Unverified: the catalog knows no file and no repository of {name}.", { name: model.name }),
        say("Put your file's name in the place of {file} below.", { file: fileName }),
      ],
    }),
  };
}

function isGguf(quantization: QuantizationName): boolean {
  return QUANTIZATIONS[quantization].format === "gguf";
}

/** The runtime fetches it by the repository's name and the packing. */
function publishedFile(
  { repository, quantization, isPackingKnown, source: read }: Artefact,
  source: WeightsSource,
): GgufFile {
  const note = isPackingKnown
    ? say("The repository is known: {source}.", { source: read })
    : say(
        "The repository is known: {source}. That it has {quantization} is unverified: look at its list of files first.",
        { source: read, quantization },
      );
  return {
    source,
    fileName: null,
    obtain: step("obtain", say("{name} at {quantization}", { name: repository, quantization }), {
      notes: [note],
      links: [`https://huggingface.co/${repository}/tree/main`],
    }),
  };
}

function madeFile(question: StartQuestion, repository: string, source: WeightsSource): GgufFile {
  const { model, quantization, architecture } = question;
  const folder = folderOf(repository);
  const fileName = `${model.id}-${quantization}.gguf`;
  const direct = OUTPUT_TYPES[quantization];
  const wideName = `${model.id}-BF16.gguf`;
  const release = finestPacking(model);
  const experts = isKnown(release) ? expertPackingOf(release.value) : "as-the-rest";
  const sizeOf = (name: QuantizationName): number => weightsBytes(weightsOf(architecture, name, experts));
  const packed = direct === undefined;
  const convert = (type: string, name: string) =>
    command("python", "convert_hf_to_gguf.py", folder, "--outtype", type, "--outfile", name);
  const downloadBytes = isKnown(release) ? sizeOf(release.value) : sizeOf("BF16");
  const title = say("A GGUF file at {quantization}, made from {repository}", { quantization, repository });
  const diskBytes = downloadBytes + sizeOf(quantization) + (packed ? sizeOf("BF16") : 0);
  return {
    source,
    fileName,
    obtain: step("obtain", title, {
      notes: madeNotes(quantization, diskBytes),
      commands: [
        command("hf", "download", repository, "--local-dir", folder),
        ...(packed
          ? [convert("bf16", wideName), command("llama-quantize", wideName, fileName, quantization)]
          : [convert(direct, fileName)]),
      ],
      links: [derivedModelsLink(repository), `https://huggingface.co/${repository}`],
    }),
  };
}

function madeNotes(quantization: QuantizationName, diskBytes: number): readonly string[] {
  return [
    say(
      "Unverified: the catalog knows no published file at {quantization}. Others may offer one (first link); these commands make it from the makers' own weights.",
      { quantization },
    ),
    say("About {size} of disk in all; convert_hf_to_gguf.py and llama-quantize are llama.cpp's.", {
      size: gbText(diskBytes),
    }),
    ...(NEEDS_IMPORTANCE_MATRIX.includes(quantization)
      ? [
          say("{quantization} needs an importance matrix as well: llama-quantize --imatrix FILE.", {
            quantization,
          }),
        ]
      : []),
  ];
}
