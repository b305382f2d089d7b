import type { AdviceData } from "#advice/question.ts";
import { say } from "#words/say.ts";
import { speakFirstOf } from "#words/speak-first.ts";
import { adviceCalls, type AdviceCalls } from "./advice-answer.ts";
import type { AdviceReply, AdviceRequest } from "./adviser.ts";

// Runs beside the page, so that a slider never waits for a recommendation over the whole catalog.
let facts: AdviceData | null = null;
/** Its name is the page's locale. */
const speaks = speakFirstOf([self.name]);

addEventListener("message", ({ data }: MessageEvent<AdviceRequest>) => {
  if (data.kind === "facts") facts = data.facts;
  else void speaks.then(() => postMessage(replyTo(data)));
});

function replyTo({ id, call, words }: Extract<AdviceRequest, { kind: "call" }>): AdviceReply {
  if (facts === null) return { id, failure: say("The catalog has not been read yet.") };
  try {
    return { id, answer: answerTo(adviceCalls(facts), call, words) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** The caller's types hold on both sides: `adviserInWorker` sends the words of the call it names. */
function answerTo(calls: AdviceCalls, call: keyof AdviceCalls, words: readonly unknown[]): unknown {
  const called = calls[call] as (...given: readonly unknown[]) => unknown; // see above
  return called(...words);
}
