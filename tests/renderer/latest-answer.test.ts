import { expect, test } from "vitest";
import { LatestAnswer } from "../../src/renderer/next/latest-answer.svelte.ts";

/** A question that is answered when the test says so. */
function heldQuestion(): { readonly ask: () => Promise<string | null>; answer(text: string | null): void } {
  let settle: (text: string | null) => void = () => undefined;
  const answered = new Promise<string | null>((resolve) => (settle = resolve));
  return { ask: () => answered, answer: (text) => settle(text) };
}

test("until the first answer there is none, and it is waited for", async () => {
  const latest = new LatestAnswer<string>();
  expect(latest).toMatchObject({ value: null, isWaiting: true });
  await latest.ask(() => Promise.resolve("first"));
  expect(latest).toMatchObject({ value: "first", isWaiting: false });
});

test("the answer before stays until the next is there", async () => {
  const latest = new LatestAnswer<string>();
  await latest.ask(() => Promise.resolve("first"));
  const second = heldQuestion();
  const asked = latest.ask(second.ask);
  expect(latest).toMatchObject({ value: "first", isWaiting: true });
  second.answer("second");
  await asked;
  expect(latest).toMatchObject({ value: "second", isWaiting: false });
});

test("of several questions asked meanwhile only the last is put", async () => {
  const latest = new LatestAnswer<string>();
  const first = heldQuestion();
  const put: string[] = [];
  const noted = (text: string) => (): Promise<string> => {
    put.push(text);
    return Promise.resolve(text);
  };
  const asked = latest.ask(first.ask);
  await latest.ask(noted("second"));
  await latest.ask(noted("third"));
  first.answer("first");
  await asked;
  expect(put).toEqual(["third"]);
  expect(latest).toMatchObject({ value: "third", isWaiting: false });
});

test("an answer of null is one: nothing is waited for", async () => {
  const latest = new LatestAnswer<string>();
  await latest.ask(() => Promise.resolve(null));
  expect(latest).toMatchObject({ value: null, isWaiting: false });
});
