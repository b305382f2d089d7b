import { say } from "#words/say.ts";
import { type KnownForm, numberIn } from "./known-form.ts";

/** What a source is called; a tool by its own name. */
export const NAMES: readonly KnownForm[] = [
  { pattern: /^Linux device files$/, said: () => say("Linux device files") },
  { pattern: /^Jetson's device tree$/, said: () => say("Jetson's device tree") },
  { pattern: /^memory limit \(cgroup\)$/, said: () => say("memory limit (cgroup)") },
];

/** What came of asking a source. */
export const MESSAGES: readonly KnownForm[] = [
  {
    pattern: /^(.+) is not installed$/,
    said: (tool = "") => say("{tool} is not installed", { tool }),
  },
  { pattern: /^no GPU$/, said: () => say("no GPU") },
  {
    pattern: /^(\d+) GPUs?$/,
    said: (count) => say("{count, plural, one {# GPU} other {# GPUs}}", { count: numberIn(count) }),
  },
  {
    pattern: /^processor, RAM, operating system$/,
    said: () => say("processor, RAM, operating system"),
  },
  {
    pattern: /^(\d+) memory modules$/,
    said: (count) => say("{count} memory modules", { count: numberIn(count) }),
  },
  {
    pattern: /^the kernel shows no graphics device$/,
    said: () => say("the kernel shows no graphics device"),
  },
  { pattern: /^this is no Jetson$/, said: () => say("this is no Jetson") },
  {
    pattern: /^no memory limit is set for this process$/,
    said: () => say("no memory limit is set for this process"),
  },
  {
    pattern: /^only an administrator may read the firmware's tables$/,
    said: () => say("only an administrator may read the firmware's tables"),
  },
  {
    pattern: /^knows no way to list controllers here$/,
    said: () => say("knows no way to list controllers here"),
  },
  { pattern: /^Chromium has no GPU to tell of$/, said: () => say("Chromium has no GPU to tell of") },
  { pattern: /^\/proc is not readable$/, said: () => say("/proc is not readable") },
  {
    pattern: /^gave no answer within ([\d.]+) s$/,
    said: (seconds = "") => say("gave no answer within {seconds} s", { seconds }),
  },
];
