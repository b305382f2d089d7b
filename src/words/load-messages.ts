import type { LanguageTag } from "./languages.ts";
import type { Messages } from "./spoken.ts";

/** The messages of a language, loaded when it is chosen, so that the others cost nothing. */
export async function loadMessages(tag: LanguageTag): Promise<Messages> {
  switch (tag) {
    case "en":
      return {};
    case "de":
      return (await import("./de/index.ts")).MESSAGES;
    case "es":
      return (await import("./es/index.ts")).MESSAGES;
    case "fr":
      return (await import("./fr/index.ts")).MESSAGES;
    case "ja":
      return (await import("./ja/index.ts")).MESSAGES;
    case "zh-Hans":
      return (await import("./zh-Hans/index.ts")).MESSAGES;
  }
}
