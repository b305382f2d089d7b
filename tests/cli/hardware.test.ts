import { expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

async function listed(search: string): Promise<readonly string[]> {
  const { stdout } = await runFitment(["hardware", "--search", search]);
  return stdout.trimEnd().split("\n");
}

test("a card has its year and its price in columns of their own", async () => {
  const [heading = "", card = ""] = await listed("rtx4090");
  expect(heading).toMatch(/Power +Released +Launch price$/);
  expect(card).toMatch(/^NVIDIA GeForce RTX 4090 +24\.0 GiB +1008 GB\/s +450 W +2022 +\$1,600$/);
});

test("a year or a price that nobody stated is unknown", async () => {
  const [, card = ""] = await listed("b60");
  expect(card).toMatch(/^Intel Arc Pro B60 .* 2025 +unknown$/);
});

test("a slip of the keys is put right, and said", async () => {
  const [said, , card = ""] = await listed("geforec 4090");
  expect(said).toBe('No accelerator is called "geforec 4090". These are called "geforce 4090":');
  expect(card).toMatch(/^NVIDIA GeForce RTX 4090 /);
});

test("a number is never taken for another: what is near is named", async () => {
  const [said = "", count] = await listed("rtx 4090ti");
  expect(said).toMatch(/^No accelerator is called "rtx 4090ti"\. Did you mean "RTX .*"\?$/);
  expect(count).toMatch(/^0 of \d+ accelerators$/);
});

test("JSON has what was found and mends nothing", async () => {
  const { stdout } = await runFitment(["hardware", "--search", "geforec 4090", "--json"]);
  expect(JSON.parse(stdout)).toEqual({ schemaVersion: 1, cards: [] });
});
