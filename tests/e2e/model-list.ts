import type { Locator, Page } from "@playwright/test";

/** The button of a model in the list, which is scrolled until its line is in the page, as a person would. */
export async function scrollToModel(page: Page, modelId: string): Promise<Locator> {
  const button = page.locator(`[id="model-${modelId}"]`);
  await eachScreen(page, async () => (await button.count()) > 0);
  await button.evaluate((element) => element.scrollIntoView({ block: "center" }));
  return button;
}

/** The verdict of each line of the list, from the first to the last. */
export async function allVerdicts(page: Page): Promise<string[]> {
  const verdictByLine = new Map<number, string>();
  const isAtLast = await eachScreen(page, async () => {
    const lines = await page.locator("tbody tr[data-index]").evaluateAll((rows) =>
      rows.map((row) => ({
        index: Number(row.getAttribute("data-index")),
        verdict: row.querySelector("span[data-verdict]")?.getAttribute("data-verdict") ?? "none",
      })),
    );
    for (const { index, verdict } of lines) verdictByLine.set(index, verdict);
    return false;
  });
  if (isAtLast) throw new Error("the list never ends");
  const indexes = [...verdictByLine.keys()].sort((one, other) => one - other);
  if (indexes.some((index, place) => index !== place))
    throw new Error("a line of the list was never in the page");
  return indexes.map((index) => verdictByLine.get(index) ?? "none");
}

/** Scrolls from the top, half a screen at a time, until it is told to stop (true) or is at the end (false). */
async function eachScreen(page: Page, isEnough: () => Promise<boolean>): Promise<boolean> {
  for (let halves = 0; halves < 400; halves += 1) {
    const isEnd = await page.evaluate(async (count) => {
      window.scrollTo(0, (count * window.innerHeight) / 2);
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      return window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1;
    }, halves);
    if (await isEnough()) return true;
    if (isEnd) return false;
  }
  return true;
}
