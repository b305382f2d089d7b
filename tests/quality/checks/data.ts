import { existsSync } from "node:fs";
import path from "node:path";

/** The collection of published scores, beside the checkout; absent on most machines. */
export const COLLECTION = path.resolve(import.meta.dirname, "../../../../shared/data/quality");

export const hasCollection = existsSync(COLLECTION);

export const SCORES_FILE = path.join(COLLECTION, "scores.csv");
export const LOSSES_FILE = path.join(COLLECTION, "quant_loss.csv");

/** Fewer draws than what ships takes: enough for the checks' figures to stand to the second digit. */
export const CHECK_DRAWS = { warmUp: 80, draws: 100 };

/** A fit takes this long at most on two slow cores. */
export const FIT_TIMEOUT_MS = 120_000;
