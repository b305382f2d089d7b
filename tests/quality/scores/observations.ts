import { isAdmitted } from "./admission.ts";
import { isBaseModel } from "./base-model.ts";
import { languageOf, taskOf, type Task } from "./benchmark.ts";
import { certainty, scoreLogit } from "./logit.ts";
import { questionSets, releaseOf } from "./board-releases.ts";
import { isOwnScore, operatorOf } from "./operator.ts";
import type { ScoreRow, SourceKind } from "./score-row.ts";
import { findHybrids, statedMode, withoutMode, type ThinkingMode } from "./thinking-mode.ts";

/** One model under one way of answering, on one item; published more than once is still one. */
export interface Observation {
  /** `owner/name`, or `owner/name#thinking` for a model scored both ways. */
  readonly subject: string;
  readonly model: string;
  readonly mode: ThinkingMode;
  readonly task: Task;
  readonly language: string | null;
  readonly benchmark: string;
  /** A benchmark under one protocol in one table: scores of different items are never averaged. */
  readonly item: string;
  readonly operator: string;
  readonly kind: SourceKind;
  readonly isOwn: boolean;
  /** Tables of makers in which this very figure stands. */
  readonly copies: number;
  /** What it counts against a score from the middle of its benchmark. */
  readonly certainty: number;
  /** Log-odds, guessing taken out. */
  readonly logit: number;
  readonly rows: readonly ScoreRow[];
}

/** The scores that take part in a fit, one an item and subject. */
export function toObservations(rows: readonly ScoreRow[]): readonly Observation[] {
  const rules: Rules = { hybrids: findHybrids(rows), questionSet: questionSets(rows) };
  const merged = new Map<string, Observation>();
  for (const row of rows) {
    if (!isAdmitted(row)) continue;
    const observation = toObservation(row, rules);
    if (observation === null) continue;
    const key = `${observation.subject}\n${observation.item}`;
    const earlier = merged.get(key);
    merged.set(key, earlier === undefined ? observation : merge(earlier, observation));
  }
  return withCopies([...merged.values()]);
}

interface Rules {
  /** Models that were scored thinking and not thinking. */
  readonly hybrids: ReadonlySet<string>;
  readonly questionSet: (row: ScoreRow) => string;
}

function toObservation(row: ScoreRow, { hybrids, questionSet }: Rules): Observation | null {
  const task = taskOf(row);
  const stated = statedMode(row.variant);
  const isHybrid = hybrids.has(row.model);
  if (task === null || (isHybrid && stated === null)) return null; // which of its two ways is not said
  const mode = isHybrid && stated !== null ? stated : "only";
  const model = row.model.replace(/-FP8$/, ""); // the maker's own 8-bit copy of the same model
  const operator = operatorOf(row);
  const protocol = releaseOf(row) === null ? protocolOf(row) : `questions of ${questionSet(row)}`;
  return {
    subject: mode === "only" ? model : `${model}#${mode}`,
    model,
    mode,
    task,
    language: task === "multilingual" ? languageOf(row) : null,
    benchmark: row.benchmark,
    item: [row.benchmark, protocol, operator, ...tableOf(row, model)]
      .filter((part) => part !== "")
      .join(" | "),
    operator,
    kind: row.kind,
    isOwn: isOwnScore(row),
    copies: 1,
    certainty: certainty(row),
    logit: scoreLogit(row),
    rows: [row],
  };
}

/** Makers change their harness from year to year, and run base models otherwise than tuned ones; boards do not. */
function tableOf({ kind, date }: ScoreRow, model: string): readonly string[] {
  return kind === "independent"
    ? []
    : [`tables of ${date.slice(0, 4)}`, isBaseModel(model) ? "base models" : ""];
}

/** A protocol without what does not change the questions; a list of self-reported scores states none reliably. */
function protocolOf({ variant, source }: ScoreRow): string {
  if (source.includes("JonathanChavezTamales")) return "self-reported";
  return withoutMode(variant)
    .replace(/(?:Epoch )?collected from: .*/, "")
    .replace(/chat-template|style-control|(?:test|val) split|version unspecified/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function merge(earlier: Observation, later: Observation): Observation {
  const rows = [...earlier.rows, ...later.rows];
  return { ...earlier, rows, logit: rows.reduce((total, row) => total + scoreLogit(row), 0) / rows.length };
}

/** Makers copy each other's figures: the same figure in several tables is one measurement, shared among them. */
function withCopies(observations: readonly Observation[]): readonly Observation[] {
  const keyOf = ({ subject, benchmark, logit }: Observation) => `${subject} ${benchmark} ${logit.toFixed(2)}`;
  const counts = new Map<string, number>();
  const copied = observations.filter(({ kind }) => kind !== "independent");
  for (const observation of copied) counts.set(keyOf(observation), (counts.get(keyOf(observation)) ?? 0) + 1);
  return observations.map((observation) => {
    if (observation.kind === "independent") return observation;
    return { ...observation, copies: counts.get(keyOf(observation)) ?? 1 };
  });
}
