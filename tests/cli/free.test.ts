import { expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

test("what is given as free is shown, and said to be given", async () => {
  const { exitCode, stdout } = await runFitment(["list", "--free", "1=8GiB"], {
    machine: "two-unlike-cards",
  });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("8.0 GiB free, 4.0 GiB in use");
  expect(stdout).toContain("NVIDIA GeForce RTX 3060: 8 GiB free, as given.");
});

test("cards that were typed in may have it too", async () => {
  const { stdout } = await runFitment(["list", "--gpu", "RTX 4090", "--ram", "64GiB", "--free", "20GiB"]);
  expect(stdout).toContain("20.0 GiB free");
});

test.each([
  ["2=8GiB", "no accelerator 2"],
  ["80GiB", "cannot be free"],
  ["much", "not a memory size"],
])("--free %s is wrong usage: %s", async (free, said) => {
  const { exitCode, stderr } = await runFitment(["list", "--free", free], { machine: "two-unlike-cards" });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(said);
});
