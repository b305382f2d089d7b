import { guessedFraction } from "./benchmark.ts";
import type { ScoreRow } from "./score-row.ts";

/** Scores nearer to nothing or to everything than this say little more than that they are near. */
const EDGE = 0.02;

export function logit(fraction: number): number {
  const inside = Math.min(1 - EDGE, Math.max(EDGE, fraction));
  return Math.log(inside / (1 - inside));
}

/** A score as log-odds, guessing taken out, so that one step means the same at every height of every benchmark. */
export function scoreLogit(row: ScoreRow): number {
  switch (row.unit) {
    case "Elo":
      return ((row.score - 1200) * Math.LN10) / 400; // the scale's definition: 400 points are odds of ten to one
    case "score /10":
      return logit(row.score / 10);
    case "score -100..100":
      return logit((row.score + 100) / 200);
    case "%":
    case "% win":
    case "score /100": {
      const guessed = guessedFraction(row);
      return logit((row.score / 100 - guessed) / (1 - guessed));
    }
    default:
      throw new Error(`no log-odds for the unit "${row.unit}" of ${row.benchmark}`);
  }
}

/** Questions of a benchmark that states none; most have between 150 and 12,000. */
const NOMINAL_QUESTIONS = 400;
/** Variance that items have beyond chance, logits squared: about what the fit finds. */
const TYPICAL_VARIANCE = 0.04;
/** Scores nearer to guessing count no less than this: a model that scores as guessing does is weak, after all. */
const LEAST_ABOVE = 0.08;

/**
 * What a score counts against one from the middle of its benchmark. Near guessing and near the top a few questions
 * more or less move the log-odds far, and a model that did not understand the answer format scores as guessing does.
 */
export function certainty(row: ScoreRow): number {
  if (row.unit !== "%") return 1;
  const guessed = guessedFraction(row);
  const middle = chanceVariance(0.5, guessed);
  const here = chanceVariance((row.score / 100 - guessed) / (1 - guessed), guessed);
  return (TYPICAL_VARIANCE + middle) / (TYPICAL_VARIANCE + here);
}

/** Variance of the log-odds that so many questions leave to chance; `above` is the fraction above guessing. */
function chanceVariance(above: number, guessed: number): number {
  const inside = Math.min(1 - LEAST_ABOVE, Math.max(LEAST_ABOVE, above));
  const right = guessed + (1 - guessed) * inside;
  const deviation = Math.sqrt((right * (1 - right)) / NOMINAL_QUESTIONS) / (1 - guessed);
  return (deviation / (inside * (1 - inside))) ** 2;
}
