import { expect, test } from "vitest";
import { modelRows } from "../../src/renderer/models/model-rows.ts";
import { runIn } from "../../src/renderer/models/run-in.ts";
import { data, questionOn } from "../advice/catalog-data.ts";

test("the estimator is run in a model an idle turn, and answers as before", () => {
  const { machine, scenario } = questionOn("24 GB card", { task: "chat" });
  const models = data.models.slice(0, 5);
  const before = modelRows(models, machine, scenario);
  let turnCount = 0;
  runIn(models, machine, scenario, (work) => {
    turnCount += 1;
    work(() => 0);
    return () => undefined;
  });
  expect(turnCount).toBe(models.length);
  expect(modelRows(models, machine, scenario)).toEqual(before);
});
