import { abilityOf, generationOfAccelerator } from "#advice/optimise/capability.ts";
import type { Accelerator } from "#engine/machine.ts";
import { machineRooms, type Room } from "#engine/placement/rooms.ts";
import { command, type Command } from "./command.ts";
import {
  DEFAULT_FINE_TUNE,
  fineTuneMemory,
  type FineTuneMemory,
  type FineTuneMethod,
} from "./fine-tune-memory.ts";
import type { StartQuestion } from "./question.ts";
import { step, type NextStep } from "./step.ts";
import { countText, gibText } from "./text.ts";
import { folderOf } from "./weights-source.ts";
import { say } from "#words/say.ts";

/** Whether a method holds on this machine's largest accelerator. */
export interface FineTuneFit {
  readonly method: FineTuneMethod;
  readonly memory: FineTuneMemory;
  /** The largest accelerator; null where there is none. */
  readonly cardName: string | null;
  readonly cardBytes: number;
  readonly isHeld: boolean;
}

/** LoRA and QLoRA on the largest accelerator, for one example at a time. */
export function fineTuneFits({
  architecture,
  machine,
}: Pick<StartQuestion, "architecture" | "machine">): readonly [FineTuneFit, FineTuneFit] {
  const room = largestRoom(machineRooms(machine).flatMap(({ cards }) => cards));
  const cardBytes = room === null ? 0 : room.capacityBytes - room.marginBytes;
  const fitOf = (method: FineTuneMethod): FineTuneFit => {
    const memory = fineTuneMemory(architecture, method);
    const isHeld = memory.totalBytes <= cardBytes;
    return { method, memory, cardName: room?.name ?? null, cardBytes, isHeld };
  };
  return [fitOf("lora"), fitOf("qlora")];
}

function largestRoom(rooms: readonly Room[]): Room | null {
  return rooms.reduce<Room | null>(
    (best, room) => (best === null || room.capacityBytes > best.capacityBytes ? room : best),
    null,
  );
}

/** How to fine-tune it, if that is needed, by the method that holds here; or how much is missing. */
export function fineTuneStep(question: StartQuestion): NextStep {
  const [lora, qlora] = fineTuneFits(question);
  const chosen = [lora, qlora].find(({ isHeld }) => isHeld) ?? null;
  const notes = [fitNote(lora, "LoRA"), fitNote(qlora, "QLoRA"), settingsNote()];
  const { huggingFaceId } = question.model;
  const accelerator = question.machine.accelerators.find(({ name }) => name === lora.cardName);
  if (chosen === null || accelerator === undefined) {
    return step(
      "fine-tune",
      say("If prompts and examples are not enough: fine-tune it, but not on this machine"),
      { notes },
    );
  }
  if (huggingFaceId === null) {
    return step("fine-tune", say("If prompts and examples are not enough: fine-tune it"), {
      notes: [...notes, say("The catalog knows no repository of its weights, which training starts from.")],
    });
  }
  return trainingStep(question, { accelerator, repository: huggingFaceId, method: chosen.method, notes });
}

function settingsNote(): string {
  const { sequenceLength, rank } = DEFAULT_FINE_TUNE;
  return say("One example of {count} tokens at a time, rank {rank}, gradient checkpointing.", {
    count: countText(sequenceLength),
    rank,
  });
}

function fitNote({ memory: needed, cardName, cardBytes, isHeld }: FineTuneFit, method: string): string {
  const memory = gibText(needed.totalBytes);
  if (cardName === null) {
    return say("{method} takes about {memory}; there is no accelerator here.", { method, memory });
  }
  const missing = gibText(needed.totalBytes - cardBytes);
  const values = { method, memory, missing, card: cardName };
  return isHeld
    ? say("{method} takes about {memory}, which {card} holds.", values)
    : say("{method} takes about {memory}, {missing} more than {card} has to give.", values);
}

interface Training {
  readonly accelerator: Accelerator;
  readonly repository: string;
  readonly method: FineTuneMethod;
  readonly notes: readonly string[];
}

function trainingStep(question: StartQuestion, training: Training): NextStep {
  const { accelerator, method, notes } = training;
  const name = method === "lora" ? "LoRA" : "QLoRA";
  const isMac = accelerator.vendor === "apple";
  const title = say("If prompts and examples are not enough: fine-tune it with {method}", { method: name });
  return step("fine-tune", title, {
    notes: [
      ...notes,
      isMac
        ? say("Your examples are in data/train.jsonl and data/valid.jsonl. Needs pip install mlx-lm[train].")
        : say(
            "Your examples are in data/train.jsonl, each with messages. Needs pip install trl peft bitsandbytes.",
          ),
    ],
    commands: isMac ? macCommands(training) : [trlCommand(question, training)],
    links: [isMac ? "https://github.com/ml-explore/mlx-lm" : "https://huggingface.co/docs/trl"],
  });
}

/** TRL's command line (`trl sft`, documentation read 2026-11). */
function trlCommand({ model, cards }: StartQuestion, { accelerator, repository, method }: Training): Command {
  const hasBfloat16 = abilityOf(generationOfAccelerator(accelerator, cards), "bfloat16").can !== "no";
  return command(
    "trl",
    "sft",
    ...["--model_name_or_path", repository],
    ...["--dataset_name", "./data"],
    ...[
      "--use_peft",
      "--lora_r",
      `${DEFAULT_FINE_TUNE.rank}`,
      "--lora_alpha",
      `${2 * DEFAULT_FINE_TUNE.rank}`,
    ],
    ...["--lora_target_modules", "all-linear"],
    ...(method === "qlora" ? ["--load_in_4bit"] : []),
    ...["--dtype", hasBfloat16 ? "bfloat16" : "float16"],
    ...["--max_length", `${DEFAULT_FINE_TUNE.sequenceLength}`],
    ...["--per_device_train_batch_size", "1"],
    "--gradient_checkpointing",
    ...["--output_dir", `${model.id}-${method}`],
  );
}

/** MLX trains on what it is given: packed weights make it QLoRA (mlx_lm/LORA.md). */
function macCommands({ repository, method }: Training): readonly Command[] {
  const packed = `${folderOf(repository)}-4bit`;
  const pack = command(
    "mlx_lm.convert",
    "--hf-path",
    repository,
    "--mlx-path",
    packed,
    "-q",
    "--q-bits",
    "4",
  );
  const train = command(
    "mlx_lm.lora",
    ...["--model", method === "qlora" ? packed : repository],
    ...["--train", "--data", "data"],
    ...["--batch-size", "1"],
    ...["--max-seq-length", `${DEFAULT_FINE_TUNE.sequenceLength}`],
    "--grad-checkpoint",
  );
  return method === "qlora" ? [pack, train] : [train];
}
