import type { CatalogueService } from '../../catalogue/catalogue.ts';
import { explainChanges, explainSuspect } from '../../explain/changes-words.ts';
import type { Finding } from '../../explain/finding.ts';
import { budgetOf, burnOf, promiseOf, stateWords } from '../../explain/objective-words.ts';
import { draftMessage, explainPage } from '../../explain/page-words.ts';
import { duration, percent } from '../../explain/phrases.ts';
import type { ObjectiveStatus } from '../../objectives/objective-status.ts';
import type { Page } from '../../pages/page.ts';
import type { Comparison, ReportData } from '../../report/report-data.ts';
import { type Changes, isSure } from '../../what-changed/what-changed.ts';
import { histogramCharts } from './histogram-chart.ts';
import { EMPTY, type Html, html, prose } from './html.ts';
import { waterfall } from './waterfall.ts';

/** The catalogue: a row a service, and its operations below. */
export function catalogueTable({ catalogue }: ReportData): Html {
  return html`<div class="wide" tabindex="0" role="group" aria-label="Catalogue"><table>
<thead><tr><th>service</th><th>owner</th><th>tier</th><th>lifecycle</th><th>versions</th><th>calls</th><th>runbook</th><th>reach</th></tr></thead>
<tbody>${catalogue.services.map(serviceRow)}</tbody></table></div>
<details><summary>Operations</summary><div class="wide" tabindex="0" role="group" aria-label="Operations"><table>
<thead><tr><th>operation</th><th>service</th><th>calls</th><th>errors</th><th>p50</th><th>p95</th><th>p99</th></tr></thead>
<tbody>${catalogue.services.flatMap(operationRows)}</tbody></table></div></details>`;
}

function serviceRow({ name, owner, tier, lifecycle, seen, runbook, chat, pager }: CatalogueService): Html {
  const calls = [
    ...(seen?.callees ?? []).map(({ service }) => service),
    ...(seen?.databases ?? []).map((one) => one.name),
  ];
  return html`<tr><th scope="row">${name}</th><td class="owner">${owner ?? '✗ nobody'}</td><td>${tier ?? ''}</td><td>${lifecycle ?? ''}</td>
<td>${(seen?.versions ?? []).map(({ version }) => version).join(' → ')}</td><td>${seen ? calls.join(', ') : 'never seen'}</td>
<td>${runbook === undefined ? '' : link(runbook)}</td><td>${[chat, pager].filter((one) => one !== undefined).join(', ')}</td></tr>`;
}

/** Only what is a web address is linked; a catalogue file may hold anything. */
function link(url: string): Html {
  return /^https?:\/\//.test(url) ? html`<a href="${url}">${url}</a>` : html`${url}`;
}

function operationRows({ name, seen }: CatalogueService): readonly Html[] {
  return (seen?.operations ?? []).map(
    (one) => html`<tr><th scope="row">${one.name}</th><td>${name}</td><td>${one.calls.toLocaleString('en')}</td>
<td>${percent(one.errors / one.calls)}</td><td>${duration(one.p50Ms)}</td><td>${duration(one.p95Ms)}</td><td>${duration(one.p99Ms)}</td></tr>`,
  );
}

/** What is not as it should be, with what to do. */
export function findingsList(findings: readonly Finding[]): Html {
  if (findings.length === 0) return html`<p>✓ Spans and files agree.</p>`;
  return html`<ul class="findings">${findings.map(
    ({ code, message, hint, location }) =>
      html`<li><strong>✗ ${code}</strong> ${prose(message)} ${prose(hint)}${location ? html` <code>${location.file}:${location.line}</code>` : ''}</li>`,
  )}</ul>`;
}

/** All objectives, with the budget as a bar and in words. */
export function objectivesTable({ objectives }: ReportData): Html {
  if (objectives.length === 0) return html`<p>No objectives were named.</p>`;
  return html`<div class="wide" tabindex="0" role="group" aria-label="Objectives"><table>
<thead><tr><th>objective</th><th>owner</th><th>promise</th><th>is</th><th>budget</th><th>state</th></tr></thead>
<tbody>${objectives.map(({ status, owner }) => objectiveRow(status, owner))}</tbody></table></div>`;
}

function objectiveRow(status: ObjectiveStatus, owner: string): Html {
  const { objective, attainment, budget, firing, state } = status;
  const { origin, name, service, operation } = objective;
  const left = Math.min(1, Math.max(0, budget.leftShare));
  const derived = origin.kind === 'derived';
  return html`<tr class="${derived ? 'derived' : 'declared'}"><th scope="row">${derived ? `↳ ${percent(origin.share)} of it: ` : `${name}: `}${service} ${operation}</th>
<td class="owner">${owner}</td><td>${promiseOf(objective)}</td><td>${attainment === undefined ? '' : percent(attainment)}</td>
<td><svg class="bar" role="img" aria-label="${budgetOf(status)}" width="80" height="10"><rect class="frame" width="80" height="10"/><rect width="${80 * left}" height="10"/></svg> ${budgetOf(status)}</td>
<td>${state === 'kept' ? '✓' : '✗'} ${stateWords(status)}${firing ? html`<br>${burnOf(firing)}` : ''}</td></tr>`;
}

/** Who is paged, with the evidence and the messages. */
export function pagesList(pages: readonly Page[]): Html {
  if (pages.length === 0) return html`<p>✓ Nobody needs to be paged.</p>`;
  return html`${pages.map((page) => {
    const { summary, lines } = explainPage(page);
    return html`<article><h3>${page.severity === 'page' ? 'Page' : 'Ticket for'} ${page.owner}</h3><p><strong>${prose(summary)}</strong></p>
<ul>${lines.map((line) => html`<li>${prose(line)}</li>`)}</ul>${page.affected.map((one) => html`<blockquote>${prose(draftMessage(page, one))}</blockquote>`)}</article>`;
  })}`;
}

/** What changed: the answer, both histograms, the suspects and a trace before and after of each of the first. */
export function changesSection(comparison: Comparison | undefined): Html {
  if (!comparison) return html`<p>No two sets of traces were compared.</p>`;
  const { changes, histograms, exemplars } = comparison;
  return html`<p>${explainChanges(changes)}</p>
${histograms.map((histogram, i) => histogramCharts(histogram, `histogram-${i}`))}
<h3>Suspects, the likeliest first</h3>
<ol>${shownSuspects(changes).map(
    (suspect) =>
      html`<li><strong>${suspect.service} ${suspect.operation}</strong>, ${percent(suspect.evidence[0]?.effect ?? 0)} of all: ${prose(explainSuspect(suspect))}.</li>`,
  )}</ol>
${changes.suspects.length === 0 ? html`<p>Nobody.</p>` : EMPTY}
${exemplars.map(
  ({ place, before, after }) => html`<details open><summary>Traces through ${place.service} ${place.operation}</summary>
${waterfall('before', before)}${waterfall('after', after)}</details>`,
)}`;
}

/** The sure ones; if nobody is, the first few, for a look. */
function shownSuspects({ suspects }: Changes): Changes['suspects'] {
  const sure = suspects.filter(isSure);
  return sure.length > 0 ? sure.slice(0, MOST) : suspects.slice(0, 3);
}

const MOST = 10;
