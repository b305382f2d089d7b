import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import { ticksOf } from "../../src/report/html/charts.ts";
import { reportHtml } from "../../src/report/html.ts";
import { REPORT_MACHINES, reportOn } from "./reports.ts";
import { SMALL_PICK, SMALL_REPORT } from "./small-report.ts";

const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
});

async function complaints(html: string): Promise<readonly string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${ruleId}, line ${line}: ${message}`),
  );
}

test.each(REPORT_MACHINES)("is valid HTML: %s", async (name) => {
  expect(await complaints(reportHtml(reportOn(name)))).toEqual([]);
});

test.each(REPORT_MACHINES)("fetches nothing and runs nothing: %s", (name) => {
  const html = reportHtml(reportOn(name));
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<(?:script|link|img|iframe|object|embed|base|form)\b/i);
  expect(html).not.toMatch(/\s(?:src|srcset|style|on\w+)=/i);
  expect(html).not.toMatch(/url\(|@import/i);
  const targets = [...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target ?? "");
  expect(targets.every((target) => /^(?:#[\w-]+|https:\/\/[^\s]+)$/.test(target))).toBe(true);
});

test("every picture says what it shows, and every inner link leads somewhere", () => {
  const html = reportHtml(reportOn("24 GB card"));
  const pictures = [...html.matchAll(/<svg class="chart"[^>]*aria-labelledby="(\S+) (\S+)"[^>]*>/g)];
  expect(pictures.length).toBeGreaterThanOrEqual(3);
  for (const [, title = "", description = ""] of pictures) {
    expect(html).toMatch(
      new RegExp(`<title id="${title}">[^<]{5,}</title><desc id="${description}">[^<]{20,}`),
    );
  }
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target = ""] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
});

test("a hostile name is a text everywhere", async () => {
  const name = `</title><script>alert(1)</script><img src=x onerror="x">'`;
  const verdicts = SMALL_REPORT.verdicts.map((row) => ({ ...row, modelName: name, developer: name }));
  const picks = [{ ...SMALL_PICK, modelName: name, reasons: [name], huggingFaceId: null }];
  const accelerators = SMALL_REPORT.machine.accelerators.map((each) => ({ ...each, name }));
  const html = reportHtml({
    ...SMALL_REPORT,
    verdicts,
    answer: { summary: [name], picks },
    machine: { ...SMALL_REPORT.machine, accelerators },
  });
  expect(html).not.toMatch(/<script|<img/);
  expect(await complaints(html)).toEqual([]);
});

test("parts of a bar are as long as their share: 5 of 24 GiB of 480, less the gap", () => {
  const html = reportHtml(SMALL_REPORT);
  expect(html).toContain('<rect class="part-weights" x="0" y="18" width="99" height="16"/>');
  expect(html).toContain("Card: Weights 5.0 GiB, KV cache 1.0 GiB, Reserve 1.0 GiB, Room left 17.0 GiB.");
});

test.each([
  [0, 110, [0, 50, 100, 150]],
  [48, 52, [48, 49, 50, 51, 52]],
  [0, 0.3, [0, 0.1, 0.2, 0.3]],
  [5, 5, [5, 5.2]],
])("ticks from %d to %d", (first, last, expected) => expect(ticksOf(first, last)).toEqual(expected));
