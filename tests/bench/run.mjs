/* `npm run bench`: how long the engine takes for what a person waits for. Figures are of this computer, idle or not. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, createServer } from "vite";

const root = path.join(import.meta.dirname, "../..");
const print = (line) => process.stdout.write(`${line}\n`);

await printEngineBench();
if (process.platform !== "linux" || process.env.DISPLAY) await printWindow();
else print("The window is timed where there is a display: xvfb-run npm run bench (after npm run build).");

/** The engine is timed as the window has it, bundled and minified: read module by module it takes half as long again. */
async function printEngineBench() {
  const outDir = await mkdtemp(path.join(tmpdir(), "fitment-bench-"));
  try {
    await build({
      root,
      configFile: false,
      logLevel: "error",
      ssr: { noExternal: true },
      build: {
        ssr: "tests/bench/bench.ts",
        outDir,
        minify: true,
        target: "chrome114",
        rolldownOptions: { output: { entryFileNames: "[name].mjs" } },
      },
    });
    const { printBench } = await import(pathToFileURL(path.join(outDir, "bench.mjs")).href);
    await printBench(print, path.join(root, "catalog"));
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

async function printWindow() {
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
    const { printWindowBench } = await server.ssrLoadModule("/tests/bench/window-bench.ts");
    await printWindowBench(print);
  } finally {
    await server.close();
  }
}
