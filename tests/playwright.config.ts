import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "./e2e",
  // The package's tests need it built first: `npm run test:package` does so.
  projects: [
    { name: "window", testMatch: "**/*.spec.ts", testIgnore: "**/package*.spec.ts" },
    { name: "package", testMatch: "**/package*.spec.ts" },
  ],
  // A folder of its own: each run empties it, and the pictures beside it are to stay.
  outputDir: "../test-results/runs",
  snapshotPathTemplate: "fixtures/pictures/{arg}{ext}",
  // One window at a time: the tests measure how soon an answer shows.
  workers: 1,
  // Detection has 3 s, which a machine that is busy with other things may not give it at once.
  retries: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
});
