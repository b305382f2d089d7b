import { expect, test } from "vitest";
import { API_METHODS, API_NAME } from "../../src/shared/ipc.ts";

test("the contract's methods each have a channel, once", () => {
  expect(API_METHODS).toEqual(expect.arrayContaining(["probeMachine", "loadCatalog", "openExternal"]));
  expect(new Set(API_METHODS).size).toBe(API_METHODS.length);
});

test("the list is the contract, to the compiler too", () => {
  // @ts-expect-error A name that the contract does not have is no channel.
  const isListed = API_METHODS.includes("writeAnyFile");
  expect(isListed).toBe(false);
});

test("what is exposed on the window does not hide a name that browsers use", () => {
  expect(API_NAME in globalThis).toBe(false);
});
