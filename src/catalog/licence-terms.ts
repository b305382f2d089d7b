import { isKnown } from "#engine/fact.ts";
import type { LicenceTerms } from "#engine/licence.ts";
import type { Model } from "#engine/model.ts";

/** A model with what is known of its licence's terms, found by the licence's name. */
export function withLicenceTerms(model: Model, licences: readonly LicenceTerms[]): Model {
  const { licence } = model;
  if (!isKnown(licence)) return model;
  const terms = licences.find(({ name }) => name === licence.value.name);
  return terms === undefined
    ? model
    : { ...model, licence: { ...licence, value: { ...licence.value, terms } } };
}
