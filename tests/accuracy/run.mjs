/* `npm run accuracy`: prints, class by class, how far the engine's figures are from measured ones. */
import path from "node:path";
import { createServer } from "vite";

const root = path.join(import.meta.dirname, "../..");
const server = await createServer({
  root,
  configFile: false,
  logLevel: "error",
  appType: "custom",
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});

try {
  const { printMemoryReport } = await server.ssrLoadModule("/tests/accuracy/memory-report.ts");
  await printMemoryReport((line) => process.stdout.write(`${line}\n`));
} finally {
  await server.close();
}
