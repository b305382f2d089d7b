import { expect, test } from "vitest";
import type { ProbeOutcome } from "#engine/machine.ts";
import { noAcceleratorText } from "#shared/machine-text.ts";
import { fixtureMachine } from "../cli/terminal.ts";

function outcome(name: string, status: ProbeOutcome["status"]): ProbeOutcome {
  return { name, status, message: "", elapsedMs: 0 };
}

test.each([
  { probes: [], title: "No GPU found" },
  { probes: [outcome("nvidia-smi", "absent"), outcome("sysfs", "ok")], title: "No GPU found" },
  { probes: [outcome("nvidia-smi", "failed")], title: "No GPU known" },
])("an empty list means $title", ({ probes, title }) => {
  const said = noAcceleratorText({ ...fixtureMachine("no-gpu"), probes });
  expect(said.title).toBe(title);
  expect(said.text.includes("nvidia-smi")).toBe(title === "No GPU known");
});
