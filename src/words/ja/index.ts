import advice from "./advice.json";
import catalog from "./catalog.json";
import compare from "./compare.json";
import engine from "./engine.json";
import facts from "./facts.json";
import files from "./files.json";
import hardware from "./hardware.json";
import licences from "./licences.json";
import machine from "./machine.json";
import main from "./main.json";
import models from "./models.json";
import next from "./next.json";
import reasons from "./reasons.json";
import report from "./report.json";
import scenario from "./scenario.json";
import shared from "./shared.json";
import window from "./window.json";
import type { Messages } from "#words/spoken.ts";

/** An area a file, so that a translator finds a text beside its neighbours. */
export const MESSAGES: Messages = {
  ...advice,
  ...catalog,
  ...compare,
  ...engine,
  ...facts,
  ...files,
  ...hardware,
  ...licences,
  ...machine,
  ...main,
  ...models,
  ...next,
  ...reasons,
  ...report,
  ...scenario,
  ...shared,
  ...window,
};
