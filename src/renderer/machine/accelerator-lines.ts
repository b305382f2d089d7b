import type { Accelerator } from "#engine/machine.ts";
import { memoryKindText } from "#shared/machine-text.ts";
import { commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";

/** "VRAM, driver 550.54", as far as it is known. */
export function kindAndDriverText({ memoryKind, driverVersion: version }: Accelerator): string {
  const driver = version === null ? say("driver not known") : say("driver {version}", { version });
  return commaText([memoryKindText(memoryKind), driver]);
}
