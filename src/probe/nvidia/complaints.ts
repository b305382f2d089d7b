import { excerpt } from "#probe/reading.ts";

/** What nvidia-smi says when something is wrong, and what it means to a person. */
const COMPLAINTS: readonly (readonly [RegExp, string])[] = [
  [/couldn't communicate with the NVIDIA driver/i, "NVIDIA's driver is not loaded"],
  [
    /driver\/library version mismatch/i,
    "NVIDIA's driver was updated while it runs; it answers again after a restart of the computer",
  ],
  [/access blocked by the operating system/i, "the operating system gives this process no GPU"],
  [/insufficient permissions/i, "this user may not ask NVIDIA's driver"],
  [/failed to initialize nvml/i, "NVIDIA's driver could not be asked"],
];

const NO_DEVICES = /no devices (were )?found/i;

/** nvidia-smi ran, and there is no card it may show. */
export function saysNoDevices(text: string): boolean {
  return NO_DEVICES.test(text);
}

/** Why nvidia-smi has nothing to show, in plain words; null where its words are none of the known ones. */
export function plainComplaint(text: string): string | null {
  return COMPLAINTS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** The field the driver does not know: the whole query fails for one of them. */
export function unknownField(text: string): string | null {
  return /field "([^"]+)" is not a valid field/i.exec(text)?.[1] ?? null;
}

/** One sentence for a line about a card that does not answer; null for every other line. */
export function lostCardNote(line: string): string | null {
  const match = /unable to determine the device handle for gpu\s*(\S.*?):? *([A-Za-z ]+)$/i.exec(line.trim());
  return match === null ? null : `NVIDIA's driver lost a card: ${excerpt(line)}`;
}
