import { expect, test } from "vitest";
import { AddModelState } from "../../src/renderer/catalog/add/add-model.svelte.ts";
import type { Answer, Api, ByHandOutcome, ByHandRequest, HubOutcome } from "../../src/shared/ipc.ts";
import { architectureByHand, BY_HAND } from "../../src/engine/model-by-hand.ts";
import { NOTHING_TYPED, readTypedModel } from "../../src/shared/typed-model.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { SMALL_MODEL_TYPED } from "../fixtures/typed-model.ts";

const ok = <Value>(value: Value): Answer<Value> => ({ kind: "ok", value });
const failed = (message: string): Answer<never> => ({ kind: "failed", message });
const ADDED = { kind: "added", id: "mine", name: "Mine", hasReplaced: false } as const;

function dialogWith(change: Partial<Pick<Api, "addByHand" | "addFromHub" | "addModelFiles">> = {}) {
  const seen = { added: [] as string[], cancelCount: 0, requests: [] as ByHandRequest[] };
  const api = {
    addByHand: (request: ByHandRequest): Promise<Answer<ByHandOutcome>> => {
      seen.requests.push(request);
      return Promise.resolve(ok(ADDED));
    },
    addFromHub: () => Promise.resolve(ok(ADDED)),
    addModelFiles: () => Promise.resolve(ok(ADDED)),
    cancelHub: () => {
      seen.cancelCount += 1;
      return Promise.resolve(ok(null));
    },
    ...change,
  } as unknown as Api; // only these are called here
  const adding = new AddModelState({
    ask: (call) => call(api),
    added: ({ id }) => {
      seen.added.push(id);
      return Promise.resolve();
    },
  });
  adding.open();
  return { adding, seen };
}

test("what was typed becomes a model, and the dialog closes empty", async () => {
  const { adding, seen } = dialogWith();
  adding.type(SMALL_MODEL_TYPED);
  expect(await adding.addTyped()).toBe(true);
  expect(seen.requests).toMatchObject([{ replacedId: null, model: { name: "Mine", layerCount: 2 } }]);
  expect([seen.added, adding.isOpen, adding.typed]).toEqual([["mine"], false, NOTHING_TYPED]);
});

test("a mistake stays at its field until that is changed, and nothing is sent", async () => {
  const { adding, seen } = dialogWith();
  adding.type({ ...SMALL_MODEL_TYPED, layers: "two", heads: "" });
  expect(await adding.addTyped()).toBe(false);
  expect(Object.keys(adding.typedProblems).sort()).toEqual(["heads", "layers"]);
  adding.type({ layers: "2" });
  expect(Object.keys(adding.typedProblems)).toEqual(["heads"]);
  expect([seen.requests, adding.isOpen]).toEqual([[], true]);
});

test("a name that is taken and a disk that is full are said, and what was typed stays", async () => {
  const taken = dialogWith({ addByHand: () => Promise.resolve(ok({ kind: "name-taken" })) }).adding;
  taken.type(SMALL_MODEL_TYPED);
  await taken.addTyped();
  expect(taken.typedProblems).toEqual({ name: "Your own catalog has a model of this name already." });
  const full = dialogWith({ addByHand: () => Promise.resolve(failed("the disk is full")) }).adding;
  full.type(SMALL_MODEL_TYPED);
  await full.addTyped();
  expect([full.typedFailure, full.typed, full.isOpen]).toEqual(["the disk is full", SMALL_MODEL_TYPED, true]);
});

test("correcting a model leaves a new one that was begun for later", async () => {
  const read = readTypedModel(SMALL_MODEL_TYPED);
  const [any] = SHIPPED.models;
  if (read.kind === "wrong" || any === undefined) throw new Error("no model to correct");
  const architecture = { value: architectureByHand(read.model), source: BY_HAND };
  const { adding, seen } = dialogWith();
  adding.type({ name: "Begun" });
  adding.correct({ ...any, id: "mine", name: "Mine", origin: "own", architecture });
  expect([adding.corrected, adding.typed.name, adding.typed.headSize]).toEqual([
    { id: "mine", name: "Mine" },
    "Mine",
    "16",
  ]);
  adding.type({ parameters: "", layers: "3" });
  await adding.addTyped();
  expect(seen.requests).toMatchObject([{ replacedId: "mine", model: { layerCount: 3 } }]);
  expect([adding.corrected, adding.typed.name]).toEqual([null, "Begun"]);
  adding.correct(any);
  expect([adding.corrected, adding.isOpen]).toEqual([null, false]);
});

test("of Hugging Face, progress is told, a failure keeps what was typed, and closing gives the question up", async () => {
  let answer: (value: Answer<HubOutcome>) => void = () => expect.unreachable();
  const { adding, seen } = dialogWith({ addFromHub: () => new Promise((resolve) => (answer = resolve)) });
  adding.tellProgress("nobody waits");
  expect(adding.hubProgress).toBeNull();
  adding.repository = " acme/a ";
  const asked = adding.addFromHub(null);
  expect(adding.hubProgress).toBe("Asking for acme/a");
  adding.tellProgress("acme/a: config.json");
  expect(adding.hubProgress).toBe("acme/a: config.json");
  adding.close();
  answer(failed("Cancelled; nothing was written."));
  await asked;
  expect([seen.cancelCount, adding.repository, adding.hubProgress]).toEqual([1, " acme/a ", null]);
  expect(adding.hubFailure).toBe("Cancelled; nothing was written.");
});

test("a broken file is said in place; a good one closes the dialog", async () => {
  const broken = dialogWith({ addModelFiles: () => Promise.resolve(failed("x.gguf: cut off")) }).adding;
  await broken.addFiles(["/data/x.gguf"]);
  expect([broken.fileFailure, broken.isOpen]).toEqual(["x.gguf: cut off", true]);
  const { adding, seen } = dialogWith();
  await adding.addFiles([]);
  expect(seen.added).toEqual([]);
  await adding.addFiles(["/data/mine.gguf"]);
  expect([seen.added, adding.isOpen]).toEqual([["mine"], false]);
});
