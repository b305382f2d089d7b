/* `npm run words [FILES]`: texts that no language can change, messages without a translation, translations nobody says. */
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
  const { printWords } = await server.ssrLoadModule("/tests/words/report.ts");
  await printWords(root, process.argv[2] ?? "", (line) => process.stdout.write(`${line}\n`));
} finally {
  await server.close();
}
