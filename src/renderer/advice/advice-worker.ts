import type { AdviceData } from "#advice/question.ts";
import { adviceAnswer, modelAnswer, type AdviceReply, type AdviceRequest } from "./advice-answer.ts";

// Runs beside the page, so that a slider never waits for a recommendation over the whole catalog.
let facts: AdviceData | null = null;

addEventListener("message", ({ data }: MessageEvent<AdviceRequest>) => {
  if (data.kind === "facts") facts = data.facts;
  else postMessage(replyTo(data));
});

function replyTo(request: Exclude<AdviceRequest, { readonly kind: "facts" }>): AdviceReply {
  const { id, question } = request;
  if (facts === null) return { id, failure: "The catalog has not been read yet." };
  try {
    if (request.kind === "recommend") return { id, recommendation: adviceAnswer(question, facts) };
    const explanation = modelAnswer(request.modelId, question, facts);
    return explanation === null ? { id, failure: "The catalog has no such model." } : { id, explanation };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}
