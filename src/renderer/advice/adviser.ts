import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import type { AdviceAnswer, AdviceReply, AdviceRequest, ShownExplanation } from "./advice-answer.ts";

/** Who is asked for advice: a worker in the window, something simpler in tests. */
export interface Adviser {
  readonly learn: (facts: AdviceData) => void;
  readonly recommend: (question: AdviceQuestion) => Promise<AdviceAnswer>;
  readonly explain: (modelId: string, question: AdviceQuestion) => Promise<ShownExplanation>;
}

/** Starts the worker. An answer that cannot be given is a rejected promise with the reason. */
export function adviserInWorker(): Adviser {
  const worker = new Worker(new URL("./advice-worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, (reply: AdviceReply) => void>();
  let lastId = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<AdviceReply>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  const post = (request: AdviceRequest): void => worker.postMessage(request);
  const ask = (request: (id: number) => AdviceRequest): Promise<AdviceReply> => {
    const id = (lastId += 1);
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      post(request(id));
    });
  };
  return {
    learn: (facts) => post({ kind: "facts", facts }),
    recommend: async (question) => {
      const { recommendation, failure } = await ask((id) => ({ kind: "recommend", id, question }));
      if (recommendation === undefined) throw new Error(failure);
      return recommendation;
    },
    explain: async (modelId, question) => {
      const { explanation, failure } = await ask((id) => ({ kind: "explain", id, question, modelId }));
      if (explanation === undefined) throw new Error(failure);
      return explanation;
    },
  };
}
