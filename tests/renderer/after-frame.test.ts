import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { afterFrame } from "../../src/renderer/after-frame.ts";

let frames: (() => void)[] = [];

beforeEach(() => {
  frames = [];
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  vi.stubGlobal("requestAnimationFrame", (callback: () => void) => frames.push(callback));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("work waits for the frame and for what comes with it, and is done once, the first given first", () => {
  const done: string[] = [];
  afterFrame(() => done.push("first"));
  afterFrame(() => done.push("second"));
  vi.advanceTimersByTime(50);
  for (const frame of frames) frame();
  expect(done).toEqual([]);
  vi.advanceTimersByTime(0);
  expect(done).toEqual(["first", "second"]);
  vi.advanceTimersByTime(1000);
  expect(done).toEqual(["first", "second"]);
});

test("where no frame is drawn it is done all the same", () => {
  const done: string[] = [];
  afterFrame(() => done.push("first"));
  afterFrame(() => done.push("second"));
  vi.advanceTimersByTime(1000);
  expect(done).toEqual(["first", "second"]);
});
