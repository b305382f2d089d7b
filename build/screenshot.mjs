import { copyFileSync } from "node:fs";
import path from "node:path";
import { buildIfStale } from "./build-if-stale.mjs";
import { failure, runScript } from "./failure.mjs";
import { runPlaywright } from "./playwright.mjs";
import { PROJECT_FOLDER } from "./project.mjs";

const LOOKS_FOLDER = path.join(PROJECT_FOLDER, "test-results", "looks");
const RESOURCES_FOLDER = path.join(PROJECT_FOLDER, "resources");

/** The README's pictures, by the look they are of. */
const PICTURES = { readme: "screenshot.png", "readme-dark": "screenshot-dark.png" };

/** `npm run screenshot`: takes the README's pictures again, of a made-up machine, so that they differ only as the window does. */
await runScript(async () => {
  await buildIfStale((line) => console.error(line));
  const looks = Object.keys(PICTURES).join("|");
  const exitCode = await runPlaywright([
    "looks.spec.ts",
    "--grep",
    `window on (${looks}):`,
    "--reporter=list",
  ]);
  if (exitCode !== 0) throw failure("The pictures could not be taken.", "What went wrong is above.");
  for (const [look, name] of Object.entries(PICTURES)) {
    copyFileSync(path.join(LOOKS_FOLDER, `${look}.png`), path.join(RESOURCES_FOLDER, name));
  }
  return 0;
});
