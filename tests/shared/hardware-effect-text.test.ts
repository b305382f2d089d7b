import { expect, test } from "vitest";
import { recommend } from "../../src/advice/recommend.ts";
import { hardwareEffectTexts } from "../../src/shared/hardware-effect-text.ts";
import { data, questionOn } from "../advice/catalog-data.ts";

test("a change of hardware says how many more or fewer models run, and what is best before and after", () => {
  const worthOn = (name: Parameters<typeof questionOn>[0], runningCount: number) => ({
    runningCount,
    best: recommend(questionOn(name, { task: "code" }), data).best,
  });
  const small = worthOn("8 GB card", 205);
  const large = worthOn("24 GB card", 219);
  const [count, best] = hardwareEffectTexts(small, large, "code");
  expect(count).toBe("14 more models run: 205 → 219.");
  const pick = String.raw`.+ \(quality \d+, [\d.]+( to [\d.]+)? tokens\/s\)`;
  expect(best).toMatch(new RegExp(`^Best for code: ${pick} → ${pick}\\.$`));
  expect(best?.indexOf(small.best?.model.name ?? "?")).toBeLessThan(
    best?.indexOf(large.best?.model.name ?? "?") ?? NaN,
  );
  expect(hardwareEffectTexts(large, { ...small, runningCount: 218 }, "code")[0]).toBe(
    "1 model fewer runs: 219 → 218.",
  );
  const none = { runningCount: 0, best: null };
  expect(hardwareEffectTexts(none, none, "code")).toEqual([
    "As many models run as before: 0.",
    "Best for code as before: nothing.",
  ]);
});

test("a best that stays is told once; of one that is only packed otherwise the packings are told", () => {
  const { best } = recommend(questionOn("24 GB card"), data);
  if (best === null) throw new Error("something suits");
  const worth = { runningCount: 219, best };
  const [, stays] = hardwareEffectTexts(worth, worth, "chat");
  expect(stays).toMatch(/^Best for chat and instructions as before: [^→]+\.$/);
  expect(stays?.split(best.model.name)).toHaveLength(2);
  const repacked = { ...worth, best: { ...best, quantization: "IQ2_XXS" as const } };
  const [, changes] = hardwareEffectTexts(worth, repacked, "chat");
  expect(changes).toContain(`${best.model.name} at ${best.quantization} (`);
  expect(changes).toContain(`→ ${best.model.name} at IQ2_XXS (`);
});
