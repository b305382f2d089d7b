import { z } from "zod";
import type { HardwareChange } from "#engine/changed-machine.ts";
import { LANGUAGE_TAGS } from "#words/languages.ts";

/** Raised with every change that an older version would misread; each has a step in `MIGRATIONS` then. */
export const SETTINGS_VERSION = 1;

/** More than a scenario will ever have. */
const SCENARIO_FIELDS_MAX = 40;

/** More cards than any one computer has, or a person types. */
const CARDS_MAX = 64;
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
  .refine((fields) => Object.keys(fields).length <= SCENARIO_FIELDS_MAX);

/** Null is the system's; so is one that this version does not speak, or that an older one did not keep. */
const language = z.enum(LANGUAGE_TAGS).nullable().catch(null);

const typed = z.string().max(TEXT_MAX_CHARACTERS);

/** Of the shape of one: what the words in it mean is known where the machine is. */
const hardwareChange: z.ZodType<HardwareChange> = z.object({
  leftOutIds: z.array(typed).max(CARDS_MAX),
  added: z.array(typed).max(CARDS_MAX),
  ram: typed.nullable(),
  freeById: z.record(typed, typed).refine((free) => Object.keys(free).length <= CARDS_MAX),
  processor: z.object({
    name: typed.nullable(),
    cores: typed.nullable(),
    ramBandwidth: typed.nullable(),
  }),
});

/** Null is the machine as detected, as an older version kept none. One that is garbled costs no other setting. */
const hardware = hardwareChange.nullable().default(null).or(z.literal("unreadable")).catch("unreadable");

const settings = z.object({
  window: windowPlace.nullable(),
  scenario: scenario.nullable(),
  language,
  hardware,
});

/** Where the window was; in pixels that the system scales. */
export type WindowPlace = Readonly<z.infer<typeof windowPlace>>;

/** What is kept from one start to the next. */
export type Settings = Readonly<z.infer<typeof settings>>;

export const NO_SETTINGS: Settings = { window: null, scenario: null, language: null, hardware: null };

/** By version: turns settings of that version into those of the next. */
export type Migrations = Readonly<
  Record<number, (old: Readonly<Record<string, unknown>>) => Record<string, unknown>>
>;

const MIGRATIONS: Migrations = {};

/** Why settings could not be read. */
export type Damage =
  | { readonly kind: "too-large" | "not-json" | "no-settings" | "newer" }
  | { readonly kind: "version-unknown"; readonly version: number }
  | { readonly kind: "unexpected"; readonly field: string }
  /** By the system, with its code. */
  | { readonly kind: "refused"; readonly code: string };

export type Migrated =
  | { readonly kind: "ok"; readonly settings: Settings }
  | { readonly kind: "damaged"; readonly damage: Damage };

/** Settings of any version so far, brought to this one. */
export function migrate(
  json: unknown,
  migrations: Migrations = MIGRATIONS,
  version: number = SETTINGS_VERSION,
): Migrated {
  const head = z.looseObject({ version: z.int().positive() }).safeParse(json);
  if (!head.success) return damaged({ kind: "no-settings" });
  let content: Record<string, unknown> = head.data;
  for (let from = head.data.version; from < version; from++) {
    const step = migrations[from];
    if (step === undefined) return damaged({ kind: "version-unknown", version: from });
    content = step(content);
  }
  if (head.data.version > version) return damaged({ kind: "newer" });
  const checked = settings.safeParse(content);
  if (checked.success) return { kind: "ok", settings: checked.data };
  return damaged({ kind: "unexpected", field: checked.error.issues[0]?.path.join(".") ?? "" });
}

function damaged(damage: Damage): Migrated {
  return { kind: "damaged", damage };
}

/** A scenario as the page sends it (outside data); null where it is none. */
export function readScenario(json: unknown): Settings["scenario"] {
  const checked = scenario.safeParse(json);
  return checked.success ? checked.data : null;
}

/** What a person changed about the machine, as the page sends it (outside data); undefined where it is no such thing. */
export function readHardwareChange(json: unknown): HardwareChange | null | undefined {
  return hardwareChange.nullable().safeParse(json).data;
}
