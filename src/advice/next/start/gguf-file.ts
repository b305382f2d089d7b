import { command, type Command } from "#advice/next/command.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step, type NextStep } from "#advice/next/step.ts";
import { gbText } from "#advice/next/text.ts";
import {
  derivedModelsLink,
  folderOf,
  weightsSource,
  type Artefact,
  type HubApp,
} from "#advice/next/weights-source.ts";
import type { Model } from "#engine/model.ts";
import { expertPackingOf, weightsBytes, weightsOf, type ExpertPacking } from "#engine/memory/weights.ts";
import { isKnown } from "#engine/fact.ts";
import { finestPacking } from "#engine/prepare.ts";
import { QUANTIZATIONS, type QuantizationName } from "#engine/quantization.ts";
import { say } from "#words/say.ts";

/** A GGUF file to start, and how it is got. */
export interface GgufFile {
  readonly obtain: NextStep;
  /** Where the runtime downloads it from by itself; null where it lies in the folder the commands are run in. */
  readonly onHub: OnHub | null;
  /** In the folder the commands are run in; null where the runtime downloads the file itself. */
  readonly fileName: string | null;
}

export interface OnHub {
  readonly repository: string;
  /** What is asked for of it: the packing as its files have it in their names. */
  readonly tag: string;
  /** Null where the repository is known; else the file to put in its place where none is found. */
  readonly insteadName: string | null;
}

/** Stands where a person puts the repository that they found; no repository has this name. */
const SOUGHT = "OWNER/REPO";

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

/** The GGUF file of a packing: published, the person's own, or to be looked for, and else made from the makers' weights. */
export function ggufFile(question: StartQuestion, app: HubApp): GgufFile {
  const { model, quantization } = question;
  const source = weightsSource(model, quantization, isGguf);
  switch (source.kind) {
    case "published":
      return publishedFile(source.artefact);
    case "own-file":
      return {
        onHub: null,
        fileName: `${model.id}.gguf`,
        obtain: step("obtain", say("Your own file"), {
          notes: [say("Put its name in the place of {file} below.", { file: `${model.id}.gguf` })],
        }),
      };
    case "made":
    case "release":
      return soughtFile(question, source.repository, app);
    case "unverified":
      return unknownFile(question);
  }
}

function unknownFile({ model, quantization }: StartQuestion): GgufFile {
  const fileName = `${model.id}-${quantization}.gguf`;
  return {
    onHub: null,
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
function publishedFile({ repository, quantization, isPackingKnown, source: read }: Artefact): GgufFile {
  const note = isPackingKnown
    ? say("The repository is known: {source}.", { source: read })
    : say(
        "The repository is known: {source}. That it has {quantization} is unverified: look at its list of files first.",
        { source: read, quantization },
      );
  return {
    onHub: { repository, tag: quantization, insteadName: null },
    fileName: null,
    obtain: step("obtain", say("{name} at {quantization}", { name: repository, quantization }), {
      notes: [note],
      links: [`https://huggingface.co/${repository}/tree/main`],
    }),
  };
}

/** Somebody has mostly published one: making it takes several times the disk, and hours. */
function soughtFile(question: StartQuestion, repository: string, app: HubApp): GgufFile {
  const { model, quantization, architecture } = question;
  const downloadBytes = weightsBytes(weightsOf(architecture, quantization, expertPacking(model)));
  const tag = soughtTag(question);
  return {
    onHub: { repository: SOUGHT, tag, insteadName: `${model.id}-${quantization}.gguf` },
    fileName: null,
    obtain: step("obtain", say("A published GGUF file at {quantization}", { quantization }), {
      notes: [
        say(
          "Unverified: the catalog knows no published file at {quantization}. The link lists what others made of {repository}.",
          { quantization, repository },
        ),
        say(
          "Choose a repository there whose files have {tag} in their names, and put its name in the place of {sought} in every command. About {size} to download.",
          { tag, sought: SOUGHT, size: gbText(downloadBytes) },
        ),
      ],
      links: [derivedModelsLink(repository, app)],
      otherwise: madeStep(question, repository),
    }),
  };
}

/** What its makers released in MXFP4 is published under that name (ggml-org/gpt-oss-120b-GGUF:MXFP4, read 2026-11). */
function soughtTag({ model, quantization }: StartQuestion): string {
  return quantization === "MXFP4_MOE" && expertPacking(model) === "MXFP4" ? "MXFP4" : quantization;
}

function expertPacking(model: Model): ExpertPacking {
  const release = finestPacking(model);
  return isKnown(release) ? expertPackingOf(release.value) : "as-the-rest";
}

/** How the file is made, from the makers' own weights. */
function madeStep(question: StartQuestion, repository: string): NextStep {
  const { model, quantization, architecture } = question;
  const folder = folderOf(repository);
  const fileName = `${model.id}-${quantization}.gguf`;
  const direct = OUTPUT_TYPES[quantization];
  const wideName = `${model.id}-BF16.gguf`;
  const release = finestPacking(model);
  const experts = expertPacking(model);
  const sizeOf = (name: QuantizationName): number => weightsBytes(weightsOf(architecture, name, experts));
  const packed = direct === undefined;
  const convert = (type: string, name: string) =>
    command("python", "convert_hf_to_gguf.py", folder, "--outtype", type, "--outfile", name);
  const downloadBytes = isKnown(release) ? sizeOf(release.value) : sizeOf("BF16");
  const diskBytes = downloadBytes + sizeOf(quantization) + (packed ? sizeOf("BF16") : 0);
  return step("obtain", say("Or, where none is there: make it from {repository}", { repository }), {
    notes: madeNotes(quantization, diskBytes),
    commands: [
      command("hf", "download", repository, "--local-dir", folder),
      ...(packed
        ? [convert("bf16", wideName), command("llama-quantize", wideName, fileName, quantization)]
        : [convert(direct, fileName)]),
    ],
    links: [`https://huggingface.co/${repository}`],
  });
}

function madeNotes(quantization: QuantizationName, diskBytes: number): readonly string[] {
  return [
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

/** What a runtime's commands say of the file, as found and as made by oneself. */
interface InsteadWords {
  readonly found: string;
  readonly made: string;
  /** What the runtime takes a file of one's own in with. */
  readonly commands?: readonly Command[];
}

/** The step with what a self-made file changes in the commands after it. */
export function withInstead(obtain: NextStep, { found, made, commands = [] }: InsteadWords): NextStep {
  const { otherwise } = obtain;
  if (otherwise === null) return obtain;
  return {
    ...obtain,
    otherwise: {
      ...otherwise,
      notes: [...otherwise.notes, say("Then put {made} in the place of {found}.", { made, found })],
      commands: [...otherwise.commands, ...commands],
    },
  };
}
