import { chosenLanguage } from "./languages.ts";
import { loadMessages } from "./load-messages.ts";
import { speak } from "./spoken.ts";

/** Speaks the first of a person's languages that Fitment knows. Where its messages cannot be loaded, English. */
export async function speakFirstOf(preferred: readonly string[]): Promise<void> {
  const { tag, locale } = chosenLanguage(preferred);
  const messages = await loadMessages(tag).catch(() => null);
  if (messages !== null) speak({ tag, locale, messages });
}
