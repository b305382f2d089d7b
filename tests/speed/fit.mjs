import path from "node:path";
import { runnerImport } from "vite";

/** `npm run speed:fit`: the fit is TypeScript, which Node 20 does not read; Vite, which builds the app, does. */
const file = path.join(import.meta.dirname, "fit-command.ts");
const { module } = await runnerImport(file, { configFile: false, logLevel: "warn" });
await module.run();
