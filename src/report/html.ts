import { documentOf } from "./document.ts";
import type { Block, Section, Table } from "./block.ts";
import { barChart, rangeChart } from "./html/charts.ts";
import { escaped } from "./html/markup.ts";
import { STYLE } from "./html/style.ts";
import type { Report } from "./report.ts";

/** Nothing is fetched and nothing runs, whoever shows the file and from wherever. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The report as one file that needs no network: light, dark and on paper. */
export function reportHtml(report: Report): string {
  const { title, subtitle, sections } = documentOf(report);
  const contents = sections.map(({ id, title: each }) => `<li><a href="#${id}">${escaped(each)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p class="subtitle">${escaped(subtitle)}</p>
<nav aria-label="Contents">
<ul>
${contents.join("\n")}
</ul>
</nav>
</header>
<main>
${sections.map((each) => sectionMarkup(each, 2)).join("\n")}
</main>
</body>
</html>
`;
}

function sectionMarkup({ id, title, blocks, sections }: Section, level: number): string {
  return `<section id="${id}" aria-labelledby="${id}-heading">
<h${level} id="${id}-heading">${escaped(title)}</h${level}>
${blocks.map((block, index) => blockMarkup(block, level + 1, `${id}-${index + 1}`)).join("\n")}
${sections.map((each) => sectionMarkup(each, level + 1)).join("\n")}
</section>`;
}

function blockMarkup(block: Block, level: number, id: string): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${escaped(block.text)}</p>`;
    case "lead":
      return `<p class="lead">${escaped(block.text)}</p>`;
    case "heading":
      return `<h${level}>${escaped(block.text)}</h${level}>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join("\n")}</ul>`;
    case "links":
      return `<ul>${block.addresses.map(linkMarkup).join("\n")}</ul>`;
    case "code":
      return `<p class="code-label">${escaped(block.label)}</p>
<pre><code>${escaped(block.text)}</code></pre>`;
    case "table":
      return tableMarkup(block, id);
    case "bars":
      return barChart(block, id);
    case "ranges":
      return rangeChart(block, id);
  }
}

/** Anything but a page of the web stays a text. */
function linkMarkup(address: string): string {
  const text = escaped(address);
  return address.startsWith("https://") ? `<li><a href="${text}">${text}</a></li>` : `<li>${text}</li>`;
}

/** A wide table scrolls by itself, also with the keyboard. */
function tableMarkup({ caption, columns, rows }: Table, id: string): string {
  const headings = columns.map(({ heading, align }) => {
    if (heading === "") return "<td></td>";
    return `<th scope="col"${alignment(align)}>${escaped(heading)}</th>`;
  });
  const body = rows.map(([first = "", ...cells]) => {
    const others = cells.map(
      (cell, index) => `<td${alignment(columns[index + 1]?.align)}>${escaped(cell)}</td>`,
    );
    return `<tr><th scope="row">${escaped(first)}</th>${others.join("")}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="group" aria-labelledby="${id}-caption">
<table>
<caption id="${id}-caption">${escaped(caption)}</caption>
<thead><tr>${headings.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>
</div>`;
}

function alignment(align: "start" | "end" | undefined): string {
  return align === "end" ? ' class="end"' : "";
}
