import type { StartQuestion } from "#advice/next/question.ts";
import type { Runtime } from "#engine/runtime.ts";
import { startExllama } from "./exllama.ts";
import { startLlamaServer } from "./llama-server.ts";
import { startLmStudio } from "./lm-studio.ts";
import { startMlx } from "./mlx.ts";
import { startOllama } from "./ollama.ts";
import { startSglang } from "./sglang.ts";
import type { Started } from "./started.ts";
import { startTransformers } from "./transformers.ts";
import { startVllm } from "./vllm.ts";

/** The catalog's runtimes by id, each with the words it is started with. */
const STARTS: Readonly<Record<string, (question: StartQuestion, runtime: Runtime) => Started>> = {
  "llama.cpp": startLlamaServer,
  ollama: startOllama,
  "lm-studio": startLmStudio,
  vllm: startVllm,
  sglang: startSglang,
  transformers: startTransformers,
  mlx: startMlx,
  exllama: startExllama,
};

/** True where the commands of a runtime are known; a person's own may have others. */
export function canStart({ id }: Runtime): boolean {
  return STARTS[id] !== undefined;
}

/** How to get and start a placed model in a runtime. */
export function startIn(question: StartQuestion, runtime: Runtime): Started {
  const start = STARTS[runtime.id];
  if (start === undefined) throw new Error(`${runtime.id} was asked for and cannot be started`);
  return start(question, runtime);
}
