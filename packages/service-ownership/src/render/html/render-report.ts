import { explainDrift } from '../../explain/explain-drift.ts';
import type { ReportData } from '../../report/report-data.ts';
import { type Html, html } from './html.ts';
import { catalogueTable, changesSection, findingsList, objectivesTable, pagesList } from './sections.ts';
import { serviceMap } from './service-map.ts';

/** The report as one HTML file that needs no network and no script. */
export function renderReport(data: ReportData): string {
  const sections: readonly (readonly [id: string, title: string, body: Html])[] = [
    ['pages', 'Pages', pagesList(data.pages)],
    ['objectives', 'Objectives', objectivesTable(data)],
    ['changes', 'What changed', changesSection(data.comparison)],
    ['map', 'Map', serviceMap(data.catalogue)],
    ['catalogue', 'Catalogue', catalogueTable(data)],
    ['drift', 'Drift', findingsList(data.drift.map(explainDrift))],
  ];
  const until = data.nowMs === undefined ? '' : ` Spans until ${new Date(data.nowMs).toISOString()}.`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Service ownership</title><style>${{ html: STYLE }}</style></head>
<body><header><h1>Service ownership</h1><p>Who owns what, which promises hold, whom to page and what changed, from traces.${until}</p>
<nav aria-label="Sections"><ul>${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav></header>
<main>${sections.map(([id, title, body]) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`)}</main>
</body></html>
`;
  return page.html;
}

/** Says everything in words and shapes; colour only repeats it. */
const STYLE = `:root{color-scheme:light;font:16px/1.5 system-ui,sans-serif;color:#1f2937}
body{margin:0 auto;max-width:72rem;padding:1rem}
nav ul{display:flex;flex-wrap:wrap;gap:1rem;list-style:none;padding:0}
a{color:#1d4ed8}a:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid #1d4ed8;outline-offset:2px}
section{border-top:2px solid #d1d5db;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #e5e7eb}
tbody th{font-weight:600}tr.derived th{font-weight:400;padding-left:1.5rem}
.wide{overflow-x:auto;max-width:100%}figure{margin:1rem 0}figcaption,h4{font-weight:600;margin:.5rem 0}
.box{fill:#f9fafb;stroke:#1f2937;stroke-width:1.5}.unowned{stroke-dasharray:4 3;fill:#fff}.edge{fill:none;stroke:#4b5563;stroke-width:1.2}
.name{font-size:13px;font-weight:600}.quiet{fill:#4b5563;font-size:12px}.bar rect{fill:#1d4ed8}.bar rect.frame{fill:#e5e7eb}
.waterfall td{border:0;padding:.1rem .5rem}td.number,td.owner{white-space:nowrap}code{overflow-wrap:anywhere}.waterfall .track{width:45%;min-width:12rem}tr.bad .bar rect{fill:#b91c1c}
.findings li{margin:.4rem 0}blockquote{border-left:4px solid #9ca3af;margin:.5rem 0;padding-left:1rem;white-space:pre-line}
@media print{.wide{overflow:visible}details>*{display:block}}`;
