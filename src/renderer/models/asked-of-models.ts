import type { Limits } from "#advice/question.ts";
import { allowsUse } from "#advice/suitability.ts";
import type { ModelRow } from "./model-rows.ts";

/** What a person asks of any model, whatever the machine. */
export type Asked = Pick<Limits, "licenceUse">;

/** The rows of models that the use of a licence does not rule out, as it rules them out of a recommendation. */
export function rowsMeeting(rows: readonly ModelRow[], { licenceUse }: Asked): readonly ModelRow[] {
  return licenceUse === "any" ? rows : rows.filter(({ model }) => allowsUse(model, licenceUse));
}
