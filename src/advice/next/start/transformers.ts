import { command } from "#advice/next/command.ts";
import { areAllCards, placedCards, visibleCards } from "#advice/next/placed-cards.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step } from "#advice/next/step.ts";
import { packingFamily, type QuantizationName } from "#engine/quantization.ts";
import { bytesToMib } from "#engine/units.ts";
import { checkpoint } from "./checkpoint.ts";
import type { Started } from "./started.ts";
import { say } from "#words/say.ts";

const SCRIPT = "ask.py";

/**
 * Transformers, as a script that loads the model and answers once. How much each device may hold is given to
 * `device_map` (Accelerate, big model inference); bitsandbytes packs 4 and 8 bits while loading. Read 2026-11.
 */
export function startTransformers(question: StartQuestion): Started {
  const cards = placedCards(question.fit, question.machine);
  const weights = checkpoint(question, packsWithBitsAndBytes);
  return {
    steps: [
      weights.obtain,
      step("start", "Transformers", {
        notes: [say("Needs pip install transformers accelerate bitsandbytes, and PyTorch for these cards.")],
        files: [{ name: SCRIPT, content: script(question, weights.name) }],
        commands: [
          {
            ...command("python", SCRIPT),
            environment: areAllCards(cards, question.machine) ? {} : visibleCards(cards),
          },
        ],
      }),
    ],
    served: null,
  };
}

function packsWithBitsAndBytes(quantization: QuantizationName): boolean {
  return quantization === "NF4" || quantization === "INT8";
}

function script(question: StartQuestion, name: string): string {
  const { fit, quantization } = question;
  const family = packingFamily(quantization);
  const packing = BITS_AND_BYTES[family];
  const imports = [
    "AutoModelForCausalLM",
    "AutoTokenizer",
    ...(packing === undefined ? [] : ["BitsAndBytesConfig"]),
  ];
  return [
    ...(packing === undefined ? [] : ["import torch"]),
    `from transformers import ${imports.join(", ")}`,
    "",
    `MODEL = "${name}"`,
    `CONTEXT_LENGTH = ${fit.scenario.contextLength}`,
    `MAX_MEMORY = {${memoryByDevice(question).join(", ")}}`,
    "",
    "tokenizer = AutoTokenizer.from_pretrained(MODEL)",
    "model = AutoModelForCausalLM.from_pretrained(",
    "    MODEL,",
    '    device_map="auto",',
    "    max_memory=MAX_MEMORY,",
    ...(packing === undefined
      ? ['    dtype="auto",']
      : [`    quantization_config=BitsAndBytesConfig(${packing}),`]),
    ")",
    'messages = [{"role": "user", "content": "Say in one sentence what you are."}]',
    "inputs = tokenizer.apply_chat_template(",
    '    messages, add_generation_prompt=True, return_tensors="pt", return_dict=True',
    ").to(model.device)",
    'room = CONTEXT_LENGTH - inputs["input_ids"].shape[1]',
    "answer = model.generate(**inputs, max_new_tokens=min(256, room))",
    'print(tokenizer.decode(answer[0][inputs["input_ids"].shape[1]:], skip_special_tokens=True))',
    "",
  ].join("\n");
}

const BITS_AND_BYTES: Partial<Record<ReturnType<typeof packingFamily>, string>> = {
  nf4: 'load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16',
  int8: "load_in_8bit=True",
};

/** Accelerate's limits are for weights alone; each is rounded up to whole MiB. */
function memoryByDevice({ fit }: StartQuestion): readonly string[] {
  const onCards = fit.placement.devices.filter(({ acceleratorId }) => acceleratorId !== null);
  const entries = onCards.map(
    ({ parts }, index) => `${index}: "${Math.ceil(bytesToMib(parts.weightsBytes))}MiB"`,
  );
  const ram = fit.placement.devices.find(({ memoryKind }) => memoryKind === "system");
  return ram === undefined
    ? entries
    : [...entries, `"cpu": "${Math.ceil(bytesToMib(ram.parts.weightsBytes))}MiB"`];
}
