import { orText } from "#words/lists.ts";
import { say } from "#words/say.ts";
import { spoken } from "#words/spoken.ts";
import { missingText } from "./missing-text.ts";
import { inKnownForm, type KnownForm, numberIn } from "./known-form.ts";

/** What a speed rests on, which the engine says in English sentences, in the language that is spoken. */
export function speedBasisText(basis: string): string {
  if (spoken().tag === "en") return basis;
  return basis
    .split(/(?<=\.) (?=\S)/)
    .map((sentence) => speedBasisSentence(sentence) ?? sentence)
    .reduce((one, other) => say("{one} {other}", { one, other }));
}

/** Null for a sentence that the engine is not known to say. */
export function speedBasisSentence(sentence: string): string | null {
  return inKnownForm(sentence, SPEED_BASES);
}

export const SPEED_BASES: readonly KnownForm[] = [
  {
    pattern: /^From ([\d,]+) measured rates? of (\d+) devices? of its generation \((.*), (\S+)\)\.$/,
    said: (rates, devices, generation = "", backend = "") =>
      say(
        "From {rates, plural, one {# measured rate} other {# measured rates}} of {devices, plural, one {# device} other {# devices}} of its generation ({generation}, {backend}).",
        { rates: numberIn(rates), devices: numberIn(devices), generation, backend },
      ),
  },
  {
    pattern: /^No rate of its maker under (\S+) was measured; taken as others are\.$/,
    said: (backend = "") =>
      say("No rate of its maker under {backend} was measured; taken as others are.", { backend }),
  },
  {
    pattern:
      /^No rate of its generation under (\S+) was measured: from (\d+) measured rates? of (\d+) devices? of other generations of its maker\.$/,
    said: (backend = "", rates, devices) =>
      say(
        "No rate of its generation under {backend} was measured: from {rates, plural, one {# measured rate} other {# measured rates}} of {devices, plural, one {# device} other {# devices}} of other generations of its maker.",
        { backend, rates: numberIn(rates), devices: numberIn(devices) },
      ),
  },
  {
    pattern:
      /^No rate of its generation under (\S+) was measured: from (\d+) measured rates? of (\d+) devices? of other makers' devices\.$/,
    said: (backend = "", rates, devices) =>
      say(
        "No rate of its generation under {backend} was measured: from {rates, plural, one {# measured rate} other {# measured rates}} of {devices, plural, one {# device} other {# devices}} of other makers' devices.",
        { backend, rates: numberIn(rates), devices: numberIn(devices) },
      ),
  },
  {
    pattern: /^From measured rates of processors with the peak bandwidth of their RAM\.$/,
    said: () => say("From measured rates of processors with the peak bandwidth of their RAM."),
  },
  {
    pattern: /^Several sequences at once are arithmetic: no rate of them was measured\.$/,
    said: () => say("Several sequences at once are arithmetic: no rate of them was measured."),
  },
  {
    pattern: /^(.+): (\d+) measured rates of (\d+) kind of card, against llama\.cpp's\.$/,
    said: (name = "", rates, devices) =>
      say("{name}: {rates} measured rates of {devices} kind of card, against llama.cpp's.", {
        name,
        rates: numberIn(rates),
        devices: numberIn(devices),
      }),
  },
  {
    pattern:
      /^The most likely figure adds up the cards one after the other; split over cards, (\d+) measured rates of (\d+) devices lay mostly below it, so the range reaches much further down than up\.$/,
    said: (rates, devices) =>
      say(
        "The most likely figure adds up the cards one after the other; split over cards, {rates} measured rates of {devices} devices lay mostly below it, so the range reaches much further down than up.",
        { rates: numberIn(rates), devices: numberIn(devices) },
      ),
  },
  {
    pattern: /^How fast the RAM is follows from how fast it was copied here\.$/,
    said: () => say("How fast the RAM is follows from how fast it was copied here."),
  },
  {
    pattern: /^The speed of the RAM is not known: two channels of a PC are taken, about (\d+) GB\/s\.$/,
    said: (gigabytes) =>
      say("The speed of the RAM is not known: two channels of a PC are taken, about {gigabytes} GB/s.", {
        gigabytes: numberIn(gigabytes),
      }),
  },
  {
    pattern: /^The link to the card is not known: PCIe 4\.0 with 8 lanes is taken\.$/,
    said: () => say("The link to the card is not known: PCIe 4.0 with 8 lanes is taken."),
  },
  {
    pattern: /^It may be (.+): the range covers them, and naming the card narrows it\.$/,
    said: (names) =>
      say("It may be {names}: the range covers them, and naming the card narrows it.", {
        names: alternatives(names),
      }),
  },
  {
    pattern: /^It may be (.+): the range covers them but for (.+), whose speed is not known\.$/,
    said: (names, others) =>
      say("It may be {names}: the range covers them but for {others}, whose speed is not known.", {
        names: alternatives(names),
        others: alternatives(others),
      }),
  },
  {
    pattern: /^No figure for prompts: (.+)\.$/,
    said: (reason = "") => say("No figure for prompts: {reason}.", { reason: missingText(reason) }),
  },
];

/** "A, B or C" as the language that is spoken has it. */
function alternatives(names = ""): string {
  const [last = "", ...others] = names.split(" or ").reverse();
  return others.length === 0 ? last : orText([...others.reverse(), last]);
}
