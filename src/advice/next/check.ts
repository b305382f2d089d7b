import type { Fit, PlacedDevice } from "#engine/fit.ts";
import { bytesToGib } from "#engine/units.ts";
import { command, type Command } from "./command.ts";
import type { Served, StartQuestion } from "./question.ts";
import { step, type NextStep } from "./step.ts";
import { gibText } from "./text.ts";
import { say } from "#words/say.ts";

const REQUEST = "request.json";

/** Whether it runs, answers, and takes the memory that the verdict says. */
export function checkStep({ fit }: StartQuestion, served: Served): NextStep {
  const { origin, modelName, healthPath } = served;
  return step("check", say("See that it answers, and compare the memory it takes"), {
    notes: [...memoryTexts(fit)],
    files: [{ name: REQUEST, content: request(modelName) }],
    commands: [
      command("curl", `${origin}${healthPath}`),
      post(`${origin}/v1/chat/completions`, REQUEST),
      ...memoryCommands(fit.placement.devices.length > 0 ? fit : null),
    ],
  });
}

/** Less is only tables and buffers. */
const LEAST_GIB = 0.05;

/** Cards that hold alike are told once. */
function memoryTexts({ placement, scenario }: Fit): readonly string[] {
  const isReserved = scenario.runtime?.reserve.kind === "share";
  const textOf = isReserved ? reservedText : usedText;
  const devices = placement.devices.filter(({ usedBytes }) => bytesToGib(usedBytes) >= LEAST_GIB);
  const alone = devices.map((device) => textOf(device, 1));
  const texts = devices.map((device, index) =>
    textOf(device, alone.filter((text) => text === alone[index]).length),
  );
  return [...new Set(texts)];
}

function usedText({ name, usedBytes }: PlacedDevice, count: number): string {
  const values = { memory: gibText(usedBytes), name, count };
  return count === 1
    ? say("By Fitment's reckoning it takes {memory} of {name}.", values)
    : say("By Fitment's reckoning it takes {memory} of {name}, each of {count}.", values);
}

/** What a program reserves is what a driver's tool shows, whatever the model needs of it. */
function reservedText(device: PlacedDevice, count: number): string {
  const { name, capacityBytes, marginBytes, usedBytes } = device;
  const values = {
    memory: gibText(capacityBytes - marginBytes),
    needed: gibText(usedBytes),
    name,
    count,
  };
  return count === 1
    ? say(
        "By Fitment's reckoning it takes {memory} of {name} (it needs {needed} and keeps the rest for its cache).",
        values,
      )
    : say(
        "By Fitment's reckoning it takes {memory} of {name} (it needs {needed} and keeps the rest for its cache), each of {count}.",
        values,
      );
}

/** The body is in a file, since shells differ most in how they quote JSON. */
function post(address: string, file: string): Command {
  return command("curl", address, "-H", "Content-Type: application/json", "-d", `@${file}`);
}

function request(modelName: string): string {
  const messages = [{ role: "user", content: "Say in one sentence what you are." }];
  return `${JSON.stringify({ model: modelName, messages, max_tokens: 64 }, null, 2)}\n`;
}

/** What shows the memory in use, where a driver brings a tool for it. */
function memoryCommands(fit: StartQuestion["fit"] | null): readonly Command[] {
  if (fit?.scenario.runtime?.id === "ollama") return [command("ollama", "ps")];
  return [];
}
