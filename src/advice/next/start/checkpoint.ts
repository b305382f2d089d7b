import { command } from "#advice/next/command.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step, type NextStep } from "#advice/next/step.ts";
import { gbText } from "#advice/next/text.ts";
import {
  derivedModelsLink,
  folderOf,
  isRelease,
  weightsSource,
  type CanMake,
  type WeightsSource,
} from "#advice/next/weights-source.ts";
import { weightsBytes, weightsOf } from "#engine/memory/weights.ts";
import { say } from "#words/say.ts";

/** Safetensors to start, and how they are got. */
export interface Checkpoint {
  readonly obtain: NextStep;
  readonly source: WeightsSource;
  /** A repository, or a folder beside the commands. */
  readonly name: string;
}

/** The weights a runtime of safetensors loads. `packsAtLoad`: what it makes of makers' 16 bits by itself. */
export function checkpoint(question: StartQuestion, packsAtLoad: CanMake): Checkpoint {
  const { model, quantization } = question;
  const source = weightsSource(model, quantization, (name) => packsAtLoad(name) && !isRelease(model, name));
  switch (source.kind) {
    case "published": {
      const { repository, source: read } = source.artefact;
      const notes = [say("The repository is known: {source}.", { source: read }), packedSizeNote(question)];
      return { source, name: repository, obtain: downloadStep(repository, notes) };
    }
    case "release":
      return { source, name: source.repository, obtain: releaseStep(question, source.repository) };
    case "made":
      return { source, name: source.repository, obtain: packedStep(question, source.repository) };
    case "own-file":
    case "unverified":
      return unverified(question, source);
  }
}

function releaseStep(question: StartQuestion, repository: string): NextStep {
  return downloadStep(repository, [say("The makers' own weights."), sizeNote(question)]);
}

function packedStep(question: StartQuestion, repository: string): NextStep {
  const { quantization } = question;
  return downloadStep(repository, [
    say("The makers' own weights; they are packed to {quantization} while they are loaded.", {
      quantization,
    }),
    sizeNote(question),
  ]);
}

function sizeNote({ architecture, model }: StartQuestion): string {
  const { releasePrecision } = model;
  const precision = "value" in releasePrecision ? releasePrecision.value : "BF16";
  return downloadText(weightsBytes(weightsOf(architecture, precision)));
}

function packedSizeNote({ architecture, quantization }: StartQuestion): string {
  return downloadText(weightsBytes(weightsOf(architecture, quantization)));
}

function downloadText(bytes: number): string {
  return say("About {size} to download.", { size: gbText(bytes) });
}

function downloadStep(repository: string, notes: readonly string[]): NextStep {
  return step("obtain", repository, {
    notes: [...notes, say("A gated model needs hf auth login first.")],
    commands: [command("hf", "download", repository)],
    links: [`https://huggingface.co/${repository}`],
  });
}

function unverified({ model, quantization }: StartQuestion, source: WeightsSource): Checkpoint {
  const repository = model.huggingFaceId;
  const name = `./${repository === null ? model.id : folderOf(repository)}-${quantization}`;
  return {
    source,
    name,
    obtain: step("obtain", say("{name} at {quantization}", { name: model.name, quantization }), {
      notes: [
        say(
          "Unverified: the catalog knows no repository of it at {quantization}. Choose one that others made, and put its name in the place of {name} below, or download it to a folder of that name.",
          { quantization, name },
        ),
      ],
      links: repository === null ? [] : [derivedModelsLink(repository)],
    }),
  };
}
