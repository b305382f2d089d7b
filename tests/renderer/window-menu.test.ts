import { describe, expect, test } from "vitest";
import type { MachineReport } from "../../src/engine/machine.ts";
import { listShortcuts, windowShortcuts } from "../../src/renderer/menu/shortcut-lines.ts";
import { type MenuTargets, WindowMenu } from "../../src/renderer/menu/window-menu.svelte.ts";
import type { Answer } from "../../src/shared/ipc.ts";
import { machineOf } from "../fixtures/machine.ts";
import { SHORTCUTS } from "../../src/shared/shortcuts.ts";

const DEAF: MachineReport = {
  ...machineOf([], 64),
  probes: [{ name: "nvidia-smi", status: "failed", elapsedMs: 2500, message: "no answer within 2.5 s" }],
};
const QUESTION = "fitment:?context=8192";

/** A window that asks this, whose clipboard takes all, and whose hardware can be read. */
function windowOf({
  text = QUESTION,
  failure = null,
  report = null,
  copied = { kind: "ok", value: null },
}: Given = {}) {
  const done: string[] = [];
  const targets: MenuTargets = {
    app: {
      question: {
        text,
        paste: (pasted) => (done.push(pasted) > 0 && pasted === QUESTION ? null : "Not one."),
      },
      reading: { probe: () => Promise.resolve(void done.push("probed")), failure, report },
    },
    exporter: { run: () => Promise.resolve(void done.push("exported")) },
  };
  const copyQuestion = (wanted: string): Promise<Answer<null>> => {
    done.push(wanted);
    return Promise.resolve(copied);
  };
  return { done, menu: new WindowMenu({ copyQuestion }, targets) };
}

interface Given {
  readonly text?: string | null;
  readonly failure?: string | null;
  readonly report?: MachineReport | null;
  readonly copied?: Answer<null>;
}

describe("what is chosen in the menu is done, and what came of it is said", () => {
  test.each([
    ["copy-question", "", QUESTION, "The question is on the clipboard."],
    ["paste-question", QUESTION, QUESTION, "The question on the clipboard was taken."],
    ["detect", "", "probed", "The hardware was read again."],
  ] as const)("%s", async (choice, clipboardText, did, said) => {
    const { menu, done } = windowOf();
    await menu.choose(choice, clipboardText);
    expect([done, menu.notice]).toEqual([[did], { isFailure: false, text: said }]);
  });

  test("a report says by itself what came of it", async () => {
    const { menu, done } = windowOf();
    await menu.choose("export", "");
    expect([done, menu.notice]).toEqual([["exported"], null]);
  });

  test.each([
    ["copy-question", "", { text: null }, "What is asked has not been read yet."],
    ["copy-question", "", { copied: { kind: "failed", message: "No clipboard." } }, "No clipboard."],
    ["paste-question", " \n", {}, "There is no text on the clipboard."],
    ["paste-question", "https://example.org", {}, "Not one."],
    ["detect", "", { failure: "It took too long." }, "It took too long."],
    ["detect", "", { report: DEAF }, "nvidia-smi did not answer."],
  ] as const)("%s that fails", async (choice, clipboardText, given, said) => {
    const { menu } = windowOf(given);
    await menu.choose(choice, clipboardText);
    expect(menu.notice).toEqual({ isFailure: true, text: said });
    await menu.choose("shortcuts", "");
    expect([menu.notice, menu.areShortcutsShown]).toEqual([null, true]);
  });
});

describe("the shortcuts that are listed", () => {
  const pressed = (isMac: boolean): readonly string[] =>
    windowShortcuts(isMac).flatMap(({ keys }) => keys.map((each) => each.join("+")));

  test("hold each of the menu's, once", () => {
    const listed = pressed(false);
    for (const accelerator of Object.values(SHORTCUTS))
      expect(listed).toContain(accelerator.replace("CmdOrCtrl", "Ctrl"));
    expect(new Set(listed).size).toBe(listed.length);
    expect(new Set(windowShortcuts(false).map(({ what }) => what)).size).toBe(listed.length);
  });

  test("are named as on the system's own keyboard", () => {
    expect(pressed(true)).toContain("⌘+⇧+C");
    expect(pressed(true)).toContain("⌃+⌘+F");
    expect(pressed(false)).toContain("F11");
    expect(listShortcuts()[1]?.keys).toEqual([["Page Up"], ["Page Down"]]);
  });
});
