import { readFailureText, writeFailureText } from "#catalog/file-failure.ts";
import type { Surroundings } from "./surroundings.ts";
import { AnswerError } from "./usage-error.ts";

/** A file's text. Throws an AnswerError that names the file. */
export async function readText(file: string, { readFile }: Surroundings): Promise<string> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new AnswerError(`${file} cannot be read: ${readFailureText(error)}.`);
  }
}

/** Writes a file. Throws an AnswerError that names it. */
export async function writeText(file: string, content: string, { writeFile }: Surroundings): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (error) {
    throw new AnswerError(`${file} cannot be written: ${writeFailureText(error, file)}.`);
  }
}
