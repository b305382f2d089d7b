import { z } from "zod";
import type { Fact } from "#engine/fact.ts";

/** A whole number of things there must be at least one of. */
export const positiveCount = z.int().positive();

/** A whole number of things there may be none of. */
export const count = z.int().nonnegative();

/** Entries of one file, each checked on its own; all that ships, in all files together, is a fifth of it. */
export const entries = z.array(z.unknown()).max(5000, "expected 5000 entries at most");

/** Text with something in it, and with nothing in it that would steer a terminal. */
export const text = z
  .string()
  .regex(/\S/, "expected text that is not empty")
  .refine((value) => !/\p{Cc}/u.test(value), "expected text without control characters");

/** Where an editor finds what a file may hold (`catalog/schemas/`); the program has its own check. */
export const editorSchema = z.string().optional();

/** Lower case, digits and dots, joined by hyphens. */
export const id = z
  .string()
  .regex(
    /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/,
    "expected lower case, digits, dots and hyphens, such as llama-3.1-8b",
  );

/** Where a value was read: a page (https only), `repository: path`, or plain words. */
const source = text.refine((value) => !/^(?!https:)[a-z]+:\/\//i.test(value.trim()), {
  message: "expected an https address, `repository: path`, or plain words",
});

/** A value with its source, or the reason why it is missing. */
export function fact<Value>(value: z.ZodType<Value>): z.ZodType<Fact<Value>> {
  return z.union([z.strictObject({ value, source }), z.strictObject({ missing: text })]);
}
