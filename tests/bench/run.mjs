/* `npm run bench`: how long the engine takes for what a person waits for. Figures are of this computer, idle or not. */
import path from "node:path";
import { createServer } from "vite";

const root = path.join(import.meta.dirname, "../..");
const server = await createServer({
  root,
  configFile: false,
  logLevel: "error",
  appType: "custom",
  mode: "production",
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});

try {
  const { printBench } = await server.ssrLoadModule("/tests/bench/bench.ts");
  const print = (line) => process.stdout.write(`${line}\n`);
  await printBench(print);
  if (process.platform !== "linux" || process.env.DISPLAY) {
    const { printWindowBench } = await server.ssrLoadModule("/tests/bench/window-bench.ts");
    await printWindowBench(print);
  } else print("The window is timed where there is a display: xvfb-run npm run bench (after npm run build).");
} finally {
  await server.close();
}
