import type { Limits } from "#advice/question.ts";
import { TASKS, type Task } from "#advice/task.ts";
import { MOST_SUBJECTS } from "#advice/compare.ts";
import { VERDICT_GROUPS, type VerdictGroup } from "#engine/ranking.ts";
import type { Runtime } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import { COLUMNS, type Column, type Sort, SORT_KEYS } from "#renderer/models/table-view.svelte.ts";
import { isSamePin, type Pin, pinOf, pinText } from "#renderer/compare/pins.ts";
import { restoredScenario, savedScenario, type SavedScenario } from "#shared/saved-scenario.ts";

/** All that a person asks in the window and how they look at the answer; the machine is a question of its own. */
export interface Question {
  readonly scenario: Scenario;
  readonly isRightNow: boolean;
  readonly task: Task;
  /** 0: only speed counts, 1: only quality. */
  readonly qualityWeight: number;
  readonly licenceUse: Limits["licenceUse"];
  readonly languages: readonly string[];
  readonly pins: readonly Pin[];
  /** The model that is looked at; null for none. */
  readonly openedId: string | null;
  readonly filterText: string;
  readonly groups: readonly VerdictGroup[];
  readonly sort: Sort | null;
  readonly columns: readonly Column[];
  readonly isGrouped: boolean;
}

/** What kept words may mean: a model that is gone is no choice any more. */
export interface Known {
  readonly runtimes: readonly Runtime[];
  readonly modelIds: readonly string[];
}

const FILTER_MAX_CHARACTERS = 200;

/** Plain values by name, so that they can be kept in settings and sent as a text. What is as at first is left out. */
export function keptQuestion(question: Question): SavedScenario {
  const { scenario, isRightNow, task, qualityWeight, licenceUse, languages, pins, openedId } = question;
  const { filterText, groups, sort, columns, isGrouped } = question;
  const compared = pins
    .slice(0, MOST_SUBJECTS)
    .map((pin, index) => [`compare${index + 1}`, pinText(pin)] as const);
  return {
    ...savedScenario(scenario),
    rightNow: isRightNow,
    task,
    priority: qualityWeight,
    licence: licenceUse,
    ...(languages.length === 0 ? {} : { languages: languages.join(" ") }),
    ...Object.fromEntries(compared),
    ...(openedId === null ? {} : { opened: openedId }),
    ...(filterText === "" ? {} : { search: filterText.slice(0, FILTER_MAX_CHARACTERS) }),
    ...(groups.length === 0 ? {} : { verdicts: groups.join(" ") }),
    ...(sort === null ? {} : { sort: `${sort.key} ${sort.isDescending ? "down" : "up"}` }),
    columns: columns.join(" "),
    grouped: isGrouped,
  };
}

/**
 * A question from what was kept or sent. Each value is checked by itself: one that means nothing here leaves what
 * `otherwise` has, and the others stay.
 */
export function restoredQuestion(saved: SavedScenario, otherwise: Question, known: Known): Question {
  const words = (name: string): readonly string[] =>
    String(saved[name] ?? "")
      .split(" ")
      .filter(Boolean);
  const priority = saved.priority;
  return {
    scenario: restoredScenario(saved, known.runtimes),
    isRightNow: typeof saved.rightNow === "boolean" ? saved.rightNow : otherwise.isRightNow,
    task: TASKS.find((task) => task === saved.task) ?? otherwise.task,
    qualityWeight:
      typeof priority === "number" && priority >= 0 && priority <= 1 ? priority : otherwise.qualityWeight,
    licenceUse:
      saved.licence === "commercial" || saved.licence === "any" ? saved.licence : otherwise.licenceUse,
    languages: "languages" in saved ? words("languages") : otherwise.languages,
    pins: pinsOf(saved, known.modelIds),
    openedId: known.modelIds.find((id) => id === saved.opened) ?? otherwise.openedId,
    filterText: typeof saved.search === "string" ? saved.search : "",
    groups: VERDICT_GROUPS.filter((group) => words("verdicts").includes(group)),
    sort: sortOf(words("sort")),
    columns: columnsOf(saved, words("columns")) ?? otherwise.columns,
    isGrouped: typeof saved.grouped === "boolean" ? saved.grouped : otherwise.isGrouped,
  };
}

/** No pin twice, and no more than can be compared. */
function pinsOf(saved: SavedScenario, modelIds: readonly string[]): readonly Pin[] {
  const pins = Object.entries(saved).flatMap(([name, text]) =>
    /^compare\d$/.test(name) ? (pinOf(String(text), modelIds) ?? []) : [],
  );
  const different = pins.filter((pin, index) => pins.findIndex((other) => isSamePin(other, pin)) === index);
  return different.slice(0, MOST_SUBJECTS);
}

/** Null where none was kept, or none that there is. */
function columnsOf(saved: SavedScenario, names: readonly string[]): readonly Column[] | null {
  const columns = COLUMNS.filter((column) => names.includes(column));
  return saved.columns === undefined || (names.length > 0 && columns.length === 0) ? null : columns;
}

function sortOf([name, direction]: readonly string[]): Sort | null {
  const key = SORT_KEYS.find((each) => each === name);
  return key === undefined ? null : { key, isDescending: direction === "down" };
}
