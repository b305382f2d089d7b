import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "electron-vite";

/** The oldest Electron that one build must run on is 25, which holds Node 18 and Chromium 114. */
const NODE_TARGET = "node18";
const CHROMIUM_TARGET = "chrome114";

/** CommonJS whatever package.json says: Electron 25 loads no other kind of main script, a sandboxed preload never does. */
const commonJs = {
  format: "cjs",
  entryFileNames: "[name].cjs",
  chunkFileNames: "chunks/[name].cjs",
} as const;

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      outDir: "out/main",
      sourcemap: true,
      externalizeDeps: false, // there is no node_modules at run time
      rolldownOptions: {
        input: {
          index: "src/main/index.ts",
          "probe-process": "src/probe/process.ts",
          "measure-bandwidth": "src/probe/measure-bandwidth.ts",
          cli: "src/cli/index.ts",
          terminal: "src/terminal/index.ts",
          "check-catalog": "src/catalog/checked/write-checked.ts",
        },
        output: commonJs,
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: "out/preload",
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: { input: { index: "src/preload/index.ts" }, output: commonJs },
    },
  },
  renderer: {
    root: "src/renderer",
    plugins: [svelte()],
    build: {
      target: CHROMIUM_TARGET,
      minify: true, // half the script to read before the first paint; the source map beside it has the names
      outDir: "out/renderer",
      sourcemap: true,
      rolldownOptions: { input: "src/renderer/index.html" },
    },
  },
});
