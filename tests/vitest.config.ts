import path from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const PROJECT_FOLDER = path.dirname(import.meta.dirname);

export default defineConfig({
  root: PROJECT_FOLDER,
  plugins: [svelte()], // the renderer's state uses runes
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
    // A slow machine that does other things beside is no reason to fail.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
