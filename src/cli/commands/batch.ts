import type { Catalog } from "#engine/catalog.ts";
import { estimateFit } from "#engine/estimate.ts";
import type { MachineReport } from "#engine/machine.ts";
import { speedHere } from "#engine/speed/speed-here.ts";
import { estimateAnswer } from "#cli/answers.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel } from "#cli/find-model.ts";
import { readText } from "#cli/files.ts";
import { machineRequest, requestedMachine, type MachineRequest } from "#cli/machine-options.ts";
import { promptLength, scenarioOf } from "#cli/scenario-options.ts";
import { quantization } from "#cli/quantization-option.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog } from "#cli/usable-catalog.ts";
import { AnswerError, UsageError } from "#cli/usage-error.ts";
import { type BatchQuestion, parseBatchLine } from "./batch-line.ts";

/** `fitment estimate --batch FILE`: one JSON question a line, one JSON answer a line, in order. */
export async function estimateBatch(
  file: string,
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const asked =
    options.quantization === undefined ? null : quantization("--quantization", options.quantization);
  const request = machineRequest(options);
  const catalog = await usableCatalog(surroundings);
  const defaults = scenarioOf(options, catalog);
  const prompt = promptLength(options);
  const machineOf = rememberMachines(request, catalog, surroundings);
  const lines = (await readText(file, surroundings)).replace(/^\uFEFF/, "").split(/\r?\n/);
  for (const line of lines) {
    if (line.trim() === "") continue;
    surroundings.print(JSON.stringify(await answerLine(line)));
  }

  async function answerLine(line: string): Promise<object> {
    try {
      const question = parseBatchLine(line, catalog, defaults);
      const model = findModel(question.model, catalog.models, catalog.problems);
      const machine = await machineOf(question);
      const fit = estimateFit(model, machine, question.scenario, question.quantization ?? asked);
      const where = { machine, catalog, promptLength: question.promptLength ?? prompt };
      const timed = { fit, speed: speedHere(fit, model, where) };
      const { ignored } = question;
      return { ...estimateAnswer(timed), ...(ignored.length === 0 ? {} : { ignored }) };
    } catch (error) {
      if (error instanceof UsageError || error instanceof AnswerError) return { error: error.message };
      // A bug met by one question; the others are still answered.
      return {
        error: `Something went wrong inside: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }
}

/** Each machine is worked out once, however many lines ask for it. */
function rememberMachines(
  request: MachineRequest,
  catalog: Catalog,
  surroundings: Surroundings,
): (question: BatchQuestion) => Promise<MachineReport> {
  const known = new Map<string, Promise<MachineReport>>();
  let detected: ReturnType<Surroundings["detectMachine"]> | null = null;
  const detectOnce = {
    ...surroundings,
    detectMachine: () => (detected ??= surroundings.detectMachine()),
  };
  return ({ gpus, ramGiB }) => {
    const asked: MachineRequest = {
      file: request.file,
      gpus: gpus ?? request.gpus,
      ram: ramGiB === null ? request.ram : `${ramGiB}GiB`,
      // Said of the command line's accelerators, not of those a line names.
      free: gpus === null ? request.free : [],
      processor: request.processor,
    };
    const key = JSON.stringify(asked);
    const machine = known.get(key) ?? requestedMachine(asked, catalog.cards, detectOnce);
    known.set(key, machine);
    return machine;
  };
}
