import { describe, expect, test } from "vitest";
import type { InstalledModels } from "../../src/engine/installed.ts";
import { runFitment, type Ran } from "./terminal.ts";

const INSTALLED: InstalledModels = {
  models: [
    {
      modelId: "llama-3.1-8b",
      copies: [{ where: "ollama", name: "llama3.1:8b", sizeBytes: 4_661_211_808 }],
    },
  ],
  unmatched: [],
  notes: ["/data: only the first 20000 entries were looked at"],
};

const fitment = async (...words: readonly string[]): Promise<Ran> =>
  await runFitment(words, { surroundings: { findInstalled: () => Promise.resolve(INSTALLED) } });

describe("models that are on this computer already", () => {
  test("are marked in the list", async () => {
    const { stdout, stderr } = await fitment("models", "--search", "llama-3");
    expect(stdout).toMatch(/^llama-3\.1-8b .* installed {2}Llama 3\.1/m);
    expect(stdout.match(/installed/g)).toHaveLength(1);
    expect(stderr).toBe("Looking for installed models: /data: only the first 20000 entries were looked at\n");
  });

  test("are all that --installed lists", async () => {
    const { stdout } = await fitment("models", "--installed");
    expect(stdout).toMatch(/\n1 of \d+ models\n$/);
    const { models } = JSON.parse((await fitment("models", "--installed", "--json")).stdout) as {
      models: readonly { id: string; installed: readonly unknown[] }[];
    }; // our own answer
    expect(models).toMatchObject([{ id: "llama-3.1-8b", installed: INSTALLED.models[0]?.copies ?? [] }]);
  });

  test("are shown where they are", async () => {
    expect((await fitment("model", "llama-3.1-8b")).stdout).toContain(
      "On this computer: llama3.1:8b in Ollama, 4.7 GB",
    );
    expect((await fitment("model", "llama-3-8b")).stdout).not.toContain("On this computer");
  });
});
