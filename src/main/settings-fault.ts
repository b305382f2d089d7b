import { say } from "#words/say.ts";
import { codeOf } from "./reasons.ts";
import type { Damage } from "./settings-schema.ts";

/** What was wrong with the settings, and what came of it; words are made of it once a language is spoken. */
export interface SettingsFault {
  readonly damage: Damage;
  /** What is in use instead. */
  readonly instead: "backup" | "defaults";
  /** Of the file that keeps what was there; null where it could not be moved. */
  readonly asideName: string | null;
}

export function settingsFaultText({ damage, instead, asideName }: SettingsFault): string {
  const reason = damageText(damage);
  const what =
    instead === "backup"
      ? say("The settings could not be read ({reason}); those before them are used.", { reason })
      : say("The settings could not be read ({reason}); the defaults are used.", { reason });
  return asideName === null
    ? what
    : `${what} ${say("What was there is kept as {name}.", { name: asideName })}`;
}

/** Why settings were not written. */
export function settingsNotKeptText(error: unknown): string {
  const code = codeOf(error);
  const reason = code === "ENOSPC" ? say("the disk is full") : code === "" ? String(error) : code;
  return say("The settings could not be kept: {reason}.", { reason });
}

function damageText(damage: Damage): string {
  switch (damage.kind) {
    case "too-large":
      return say("the file is far too large");
    case "not-json":
      return say("the file is not JSON");
    case "no-settings":
      return say("the file holds no settings");
    case "version-unknown":
      return say("version {version} is not known", { version: String(damage.version) });
    case "newer":
      return say("a newer Fitment wrote them");
    case "unexpected":
      return say("{field} is not as expected", { field: damage.field });
    case "refused":
      return damage.code;
  }
}
