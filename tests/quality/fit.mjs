import { bundled } from "./bundle.mjs";

/** `npm run quality:fit`, from the project folder: fits the published scores and writes `catalog/quality/`. */
const { run } = await bundled("fit-command.ts");
await run();
