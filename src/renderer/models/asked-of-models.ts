import type { Limits } from "#advice/question.ts";
import { allowsUse } from "#advice/suitability.ts";
import type { Model } from "#engine/model.ts";
import { isKnown } from "#engine/fact.ts";
import { languageCode } from "#shared/language-name.ts";
import type { ModelRow } from "./model-rows.ts";

/** What a person asks of any model, whatever the machine. */
export type Asked = Pick<Limits, "licenceUse" | "languages">;

/** The rows of models that a licence and the developer's own list of languages do not rule out. */
export function rowsMeeting(rows: readonly ModelRow[], asked: Asked): readonly ModelRow[] {
  if (asked.licenceUse === "any" && asked.languages.length === 0) return rows;
  return rows.filter(({ model }) => allowsUse(model, asked.licenceUse) && speaksAll(model, asked.languages));
}

/** Where nobody names a model's languages, or names some of many, none is ruled out. */
function speaksAll({ languages }: Model, wanted: readonly string[]): boolean {
  if (languages === undefined || !isKnown(languages) || languages.value.count !== undefined) return true;
  const { codes } = languages.value;
  return wanted.map(languageCode).every((code) => code === null || codes.includes(code));
}
