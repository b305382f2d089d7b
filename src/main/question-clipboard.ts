import { clipboard } from "electron";
import { isQuestionText } from "#shared/question-text.ts";
import type { Answer } from "#shared/ipc.ts";
import type { MenuChoice } from "#shared/shortcuts.ts";
import { say } from "#words/say.ts";

/** More than any question has; the rest of a whole book need not cross to the page to be refused there. */
const MOST_CHARACTERS = 10_000;

/** What is on the clipboard, where a person chose to paste it; for any other choice the page is told nothing of it. */
export async function textToPaste(choice: MenuChoice): Promise<string> {
  return choice === "paste-question" ? (await clipboard.readText()).slice(0, MOST_CHARACTERS) : "";
}

/** Puts a question on the clipboard; nothing else that the page sends. */
export async function copyQuestion(text: unknown): Promise<Answer<null>> {
  if (!isQuestionText(text)) return { kind: "failed", message: say("That is no question.") };
  await clipboard.writeText(text);
  return { kind: "ok", value: null };
}
