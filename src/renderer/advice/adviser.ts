import type { AdviceData } from "#advice/question.ts";
import { afterFrame } from "#renderer/after-frame.ts";
import type { AdviceCalls } from "./advice-answer.ts";

/** Who is asked for advice: a worker in the window, something simpler in tests. */
export type Adviser = {
  readonly [Call in keyof AdviceCalls]: (
    ...words: Parameters<AdviceCalls[Call]>
  ) => Promise<ReturnType<AdviceCalls[Call]>>;
} & { readonly learn: (facts: AdviceData) => void };

/** What the worker is sent; the facts come once, and again only when they change. */
export type AdviceRequest =
  | { readonly kind: "facts"; readonly facts: AdviceData }
  | {
      readonly kind: "call";
      readonly id: number;
      readonly call: keyof AdviceCalls;
      readonly words: readonly unknown[];
    };

/** An answer, or why there is none. */
export type AdviceReply =
  { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly failure: string };

/** Starts the worker, which speaks that language. An answer that cannot be given is a rejected promise with the reason. */
export function adviserInWorker(locale: string): Adviser {
  const worker = new Worker(new URL("./advice-worker.ts", import.meta.url), { type: "module", name: locale });
  const waiting = new Map<number, (reply: AdviceReply) => void>();
  let lastId = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<AdviceReply>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  // The worker takes a core for longer than a frame does: the list's answer is on the screen first.
  const post = (request: AdviceRequest): void => afterFrame(() => worker.postMessage(request));
  async function ask<Call extends keyof AdviceCalls>(
    call: Call,
    words: Parameters<AdviceCalls[Call]>,
  ): Promise<ReturnType<AdviceCalls[Call]>> {
    const id = (lastId += 1);
    const reply = await new Promise<AdviceReply>((resolve) => {
      waiting.set(id, resolve);
      post({ kind: "call", id, call, words });
    });
    if ("failure" in reply) throw new Error(reply.failure);
    return reply.answer as ReturnType<AdviceCalls[Call]>; // the worker answers the call it was sent
  }
  return {
    learn: (facts) => post({ kind: "facts", facts }),
    recommend: (...words) => ask("recommend", words),
    worth: (...words) => ask("worth", words),
    explain: (...words) => ask("explain", words),
    compare: (...words) => ask("compare", words),
    optimise: (...words) => ask("optimise", words),
  };
}
