import { z } from "zod";

/** Raised with every change that an older version would misread; each has a step in `MIGRATIONS` then. */
export const SETTINGS_VERSION = 1;

/** More than a scenario will ever have. */
const SCENARIO_FIELDS_MAX = 40;
const TEXT_MAX_CHARACTERS = 200;

const windowPlace = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
});

/** Plain values by name: which of them make sense is known where the scenario is made. */
const scenario = z
  .record(
    z.string().max(TEXT_MAX_CHARACTERS),
    z.union([z.string().max(TEXT_MAX_CHARACTERS), z.number(), z.boolean()]),
  )
  .refine((fields) => Object.keys(fields).length <= SCENARIO_FIELDS_MAX, "too many fields");

const settings = z.object({ window: windowPlace.nullable(), scenario: scenario.nullable() });

/** Where the window was; in pixels that the system scales. */
export type WindowPlace = Readonly<z.infer<typeof windowPlace>>;

/** What is kept from one start to the next. */
export type Settings = Readonly<z.infer<typeof settings>>;

export const NO_SETTINGS: Settings = { window: null, scenario: null };

/** By version: turns settings of that version into those of the next. */
export type Migrations = Readonly<
  Record<number, (old: Readonly<Record<string, unknown>>) => Record<string, unknown>>
>;

const MIGRATIONS: Migrations = {};

export type Migrated =
  | { readonly kind: "ok"; readonly settings: Settings }
  | { readonly kind: "damaged"; readonly reason: string };

/** Settings of any version so far, brought to this one. */
export function migrate(
  json: unknown,
  migrations: Migrations = MIGRATIONS,
  version: number = SETTINGS_VERSION,
): Migrated {
  const head = z.looseObject({ version: z.int().positive() }).safeParse(json);
  if (!head.success) return { kind: "damaged", reason: "the file holds no settings" };
  let content: Record<string, unknown> = head.data;
  for (let from = head.data.version; from < version; from++) {
    const step = migrations[from];
    if (step === undefined) return { kind: "damaged", reason: `version ${from} is not known` };
    content = step(content);
  }
  if (head.data.version > version) return { kind: "damaged", reason: "a newer Fitment wrote them" };
  const checked = settings.safeParse(content);
  if (checked.success) return { kind: "ok", settings: checked.data };
  return { kind: "damaged", reason: `${checked.error.issues[0]?.path.join(".") ?? ""} is not as expected` };
}

/** A scenario as the page sends it (outside data); null where it is none. */
export function readScenario(json: unknown): Settings["scenario"] {
  const checked = scenario.safeParse(json);
  return checked.success ? checked.data : null;
}
