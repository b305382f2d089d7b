/**
 * The only style sheet of a report. Text is at least 4.5:1 and marks at least 3:1 against what is behind them, in both
 * schemes; paper is always the light one. Parts of bars have the colours of the window.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --sunken: #f1f3f5; --line: #d5d9de; --text: #15181c; --quiet: #545b64; --accent: #1f57c3;
  --weights: #3c6fd6; --kv-cache: #c96f12; --recurrent-state: #b3408f; --compute-buffer: #2a8a5d;
  --overhead: #6d7580; --embedding-copy: #7d4fc4; --extras: #a2232b; --margin: #b9c0c9; --room: #e3e6ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --sunken: #1f242a; --line: #3a424b; --text: #eceff2; --quiet: #aeb6c0; --accent: #8fb4ff;
    --weights: #7ea6ff; --kv-cache: #f0a355; --recurrent-state: #e68cc8; --compute-buffer: #62c598;
    --overhead: #9aa3ae; --embedding-copy: #b596f0; --extras: #f08a90; --margin: #5a636e; --room: #2b3138;
  }
}
* { box-sizing: border-box; }
body {
  max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif;
  overflow-wrap: break-word;
}
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.3125rem; line-height: 1.25; }
h3 { margin: 2rem 0 0.5rem; font-size: 1.0625rem; }
h4 { margin: 1.5rem 0 0.375rem; font-size: 0.9375rem; }
h5 { margin: 1.25rem 0 0.25rem; font-size: 0.9375rem; }
p, ul { margin: 0.375rem 0; }
ul { padding-left: 1.25rem; }
a { color: var(--accent); }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.subtitle { color: var(--quiet); }
.lead { font-size: 1.125rem; font-weight: 600; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 0; list-style: none; }
.scroll { margin: 0.75rem 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.8125rem; line-height: 1.4; }
caption { padding: 0.25rem 0; color: var(--quiet); text-align: left; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 500; }
.end { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .end { white-space: normal; }
figure { margin: 1rem 0; }
figcaption { margin-bottom: 0.25rem; color: var(--quiet); font-size: 0.8125rem; }
.chart { display: block; width: 100%; max-width: 34rem; height: auto; }
.chart text { fill: var(--text); font-size: 12px; paint-order: stroke; stroke: var(--page); stroke-width: 4px; }
.chart .tick { fill: var(--quiet); font-size: 11px; }
.grid { stroke: var(--line); }
.range { stroke: var(--weights); stroke-width: 4; stroke-linecap: round; }
.point { fill: var(--text); stroke: var(--page); stroke-width: 2; }
.legend { display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; padding: 0; list-style: none; font-size: 0.8125rem; }
.swatch { width: 0.75em; height: 0.75em; margin-right: 0.375em; vertical-align: -0.05em; }
.part-weights { fill: var(--weights); } .part-kv-cache { fill: var(--kv-cache); }
.part-recurrent-state { fill: var(--recurrent-state); } .part-compute-buffer { fill: var(--compute-buffer); }
.part-overhead { fill: var(--overhead); } .part-embedding-copy { fill: var(--embedding-copy); }
.part-extras { fill: var(--extras); } .part-margin { fill: var(--margin); } .part-room { fill: var(--room); }
.part-margin, .part-room { stroke: var(--overhead); stroke-width: 0.5; }
.code-label { margin: 0.75rem 0 0.25rem; color: var(--quiet); font-size: 0.8125rem; }
pre {
  margin: 0; padding: 0.625rem 0.75rem; border-radius: 4px; background: var(--sunken);
  white-space: pre-wrap; overflow-wrap: anywhere;
  font: 0.8125rem/1.45 ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
code { font: inherit; }
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --sunken: #f1f3f5; --line: #d5d9de; --text: #15181c; --quiet: #545b64; --accent: #1f57c3;
    --weights: #3c6fd6; --kv-cache: #c96f12; --recurrent-state: #b3408f; --compute-buffer: #2a8a5d;
    --overhead: #6d7580; --embedding-copy: #7d4fc4; --extras: #a2232b; --margin: #b9c0c9; --room: #e3e6ea;
  }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  nav { display: none; }
  h1 { font-size: 18pt; }
  h2 { font-size: 13.5pt; }
  h3 { font-size: 11pt; }
  h4, h5 { font-size: 9.5pt; }
  h1, h2, h3, h4, h5, caption, figcaption, .code-label { break-after: avoid; }
  tr, figure, pre, li { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  table { font-size: 7.5pt; }
  th, td { padding-right: 0.5rem; }
  pre { font-size: 8pt; }
}
`;
