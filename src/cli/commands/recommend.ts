import { explainBest } from "#advice/explain.ts";
import { COMPLAINTS, mend, type Complaint, type Mend } from "#advice/picks/mend.ts";
import { finestPacking } from "#engine/prepare.ts";
import { isKnown } from "#engine/fact.ts";
import { recommendAnswer } from "#cli/advice-answers.ts";
import { adviceSession, recommended, type AdviceSession } from "#cli/advice-session.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel } from "#cli/find-model.ts";
import { recommendLines } from "#cli/output/recommend-lines.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { quantization } from "#cli/quantization-option.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { UsageError } from "#cli/usage-error.ts";

/** `fitment recommend`: which model for a task, why, and what else it could be. */
export async function recommendModel(options: Options, surroundings: Surroundings): Promise<void> {
  const complaint = complaintOf(options);
  const session = await adviceSession(options, surroundings);
  const recommendation = recommended(session);
  const explanation = explainBest(recommendation);
  const mended = complaint === null ? null : mendOf(complaint, options, session);
  const { print, isColourful, columns } = surroundings;
  if (options.json === true) {
    print(JSON.stringify(recommendAnswer(recommendation, explanation, mended), null, 2));
    return;
  }
  const screen = { style: terminalStyle(isColourful), width: columns };
  print(recommendLines(recommendation, explanation, mended, screen).join("\n"));
}

interface PresentComplaint {
  readonly modelName: string;
  readonly complaint: Complaint;
}

/** `--instead-of MODEL --complaint WHAT`; null where neither is given. */
function complaintOf(options: Options): PresentComplaint | null {
  const modelName = options["instead-of"];
  const { complaint } = options;
  if (modelName === undefined && complaint === undefined) return null;
  if (modelName === undefined || complaint === undefined) {
    throw new UsageError("--instead-of MODEL and --complaint WHAT go together.");
  }
  const found = COMPLAINTS.find((each) => each === complaint.trim().toLowerCase());
  if (found !== undefined) return { modelName, complaint: found };
  throw new UsageError(`--complaint takes one of ${COMPLAINTS.join(", ")}; "${complaint}" is none.`);
}

/** The packing in use where it is named, else what most people run: 4 bits. */
function mendOf({ modelName, complaint }: PresentComplaint, options: Options, session: AdviceSession): Mend {
  const model = findModel(modelName, session.catalog.models, session.catalog.problems);
  const named =
    options.quantization === undefined ? null : quantization("--quantization", options.quantization);
  const finest = finestPacking(model);
  const own = model.origin !== "shipped" && isKnown(finest) ? finest.value : null;
  return mend({ model, quantization: named ?? own ?? "Q4_K_M" }, complaint, session.question, session.data);
}
