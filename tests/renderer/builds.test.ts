import { describe, expect, test } from "vitest";
import { recommend } from "#advice/recommend.ts";
import { estimateBuild, estimateFit } from "#engine/estimate.ts";
import { packingsOf } from "#engine/fit-grid.ts";
import { buildDetail } from "#shared/build-text.ts";
import { buildsOf, groupedByRoom, shownFit } from "../../src/renderer/models/builds.ts";
import { OpenedModel } from "../../src/renderer/models/opened-model.svelte.ts";
import { data, questionOn } from "../advice/catalog-data.ts";

const question = questionOn("24 GB card", { task: "code" });
const { machine, scenario } = question;
const { best, alternatives, ties, plane } = recommend(question, data);
const picks = [...(best === null ? [] : [best]), ...alternatives.map(({ option }) => option), ...ties];
const rowOf = (modelId: string) => {
  const model = data.models.find(({ id }) => id === modelId);
  if (model === undefined) throw new Error(`there is no ${modelId}`);
  return { model, fit: estimateFit(model, machine, scenario) };
};

describe("the panel of a pick", () => {
  test.each(picks.map((pick) => [`${pick.model.name} at ${pick.quantization}`, pick] as const))(
    "%s has its memory and placement, and a verdict about that packing",
    (_, { model, quantization, fit }) => {
      const shown = shownFit(rowOf(model.id), quantization, machine);
      expect(shown).toMatchObject({ quantization, memory: fit.memory, placement: fit.placement });
      expect(shown?.verdict).toHaveProperty("quantization", quantization);
    },
  );

  test("is among what can be chosen there", () => {
    for (const { model, quantization } of picks) {
      const names = buildsOf({ model, machine, scenario }, []).map((build) => build.quantization);
      expect(names).toContain(quantization);
    }
  });

  test("and so is every point of the plane", () => {
    for (const { modelId, quantization } of plane) {
      expect(packingsOf(rowOf(modelId).model, scenario)).toContain(quantization);
    }
  });
});

test("without a choice it is the line's own build, and with one that the runtime does not load as well", () => {
  const row = rowOf("llama-3.1-8b");
  expect(shownFit(row, null, machine)).toBe(row.fit);
  expect(shownFit(row, "EXL2_4BPW", machine)).toBe(row.fit);
});

test("what holds here can be chosen, finest first, and what is shown although it does not hold", () => {
  const { model } = rowOf("llama-3.3-70b");
  const names = buildsOf({ model, machine, scenario }, ["BF16"]).map(({ quantization }) => quantization);
  expect(names[0]).toBe("BF16");
  expect(names).not.toContain("F32");
  const held = names.slice(1).map((name) => estimateFit(model, machine, scenario, name).placement.kind);
  expect(held).not.toContain("none");
});

test("builds are headed by the room there is for them, in their own order", () => {
  const { model } = rowOf("qwen3.5-122b-a10b");
  const builds = buildsOf({ model, machine, scenario }, ["BF16", "Q4_K_M"]);
  const groups = groupedByRoom(builds);
  expect(groups.flatMap((group) => group.builds)).toEqual(builds);
  expect(groups.map(({ room }) => room).slice(0, 2)).toEqual(["nowhere", "in-ram"]);
  for (const { room, builds: inGroup } of groups)
    for (const { fit } of inGroup) expect(fit.placement.kind === "none").toBe(room === "nowhere");
});

test("a chosen packing is said to fit, not to be the best that does", () => {
  const { model } = rowOf("llama-3.1-8b");
  expect(buildDetail(estimateBuild(model, machine, scenario, "Q4_K_M"))).toMatch(
    /^At Q4_K_M it fits on one accelerator, .*\. Context: 8,192 tokens\.$/,
  );
});

test("each opening begins anew, and closing forgets the build", () => {
  const opened = new OpenedModel();
  opened.open({ modelId: "llama-3.1-8b", quantization: "Q4_K_M" });
  expect([opened.modelId, opened.quantization, opened.openingCount]).toEqual(["llama-3.1-8b", "Q4_K_M", 1]);
  opened.open({ modelId: "llama-3.1-8b" });
  expect([opened.quantization, opened.openingCount]).toEqual([null, 2]);
  opened.close();
  expect([opened.modelId, opened.quantization]).toEqual([null, null]);
});
