import type { Page } from "@playwright/test";
import { expect, test } from "./launch.ts";
import { DESKTOP, pretend } from "./pretended-machine.ts";

/**
 * What holds no text looks the same on every computer, whatever its fonts: the marks of the verdicts and the bar of a
 * card's memory, copied side by side into a corner of the page. A change that is meant: `--update-snapshots`.
 */
async function showSheet(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.getElementById("sheet")?.remove();
    const sheet = document.createElement("div");
    sheet.id = "sheet";
    sheet.style.cssText =
      "position: fixed; inset: 0 auto auto 0; z-index: 99; display: grid; grid-template-columns: repeat(7, 40px); gap: 8px; width: 344px; padding: 8px; background: var(--page)";
    for (const mark of document.querySelectorAll("[role=group] > button > svg[data-verdict]")) {
      const copy = mark.cloneNode(true) as SVGElement; // a mark is a drawing
      copy.style.cssText = "width: 40px; height: 40px";
      sheet.append(copy);
    }
    const bar = document.querySelector("section[aria-labelledby=machine-heading] .bar")?.cloneNode(true);
    if (bar instanceof HTMLElement) {
      bar.style.cssText = `${bar.style.cssText}; grid-column: 1 / -1; width: 320px`;
      sheet.append(bar);
    }
    document.body.append(sheet);
  });
}

const LOOKS = [
  { name: "light", media: { colorScheme: "light" } },
  { name: "dark", media: { colorScheme: "dark" } },
  { name: "more-contrast", media: { colorScheme: "light", contrast: "more" } },
] as const;

test("marks and bars look as they did, in light, dark and with more contrast", async ({ launchFitment }) => {
  const { page } = await launchFitment(await pretend(DESKTOP));
  await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
  for (const { name, media } of LOOKS) {
    await page.emulateMedia({ reducedMotion: "reduce", ...media });
    await showSheet(page);
    const sheet = page.locator("#sheet");
    await expect(sheet.locator("svg")).toHaveCount(7);
    await expect(sheet.locator(".bar")).toHaveCount(1);
    await expect(sheet).toHaveScreenshot(`marks-${name}.png`, { maxDiffPixelRatio: 0.02 });
  }
});
