import { type Alert, NOT_ENDED } from '../pages/alert.ts';
import type { Page } from '../pages/page.ts';
import { draftMessage, explainPage } from './page-words.ts';

/** A page as an alert: labels that route it, annotations that are its evidence, and the message to those affected. */
export function toAlert(page: Page): Alert {
  const { summary, lines } = explainPage(page);
  const { objectives, severity, owner, service, fingerprint, after, runbook, exemplarTraceId, affected, pager } = page;
  return {
    status: 'firing',
    labels: {
      alertname: 'ObjectiveBurns',
      severity,
      owner,
      service,
      objective: objectives.map(({ objective }) => objective.name).join(', '),
      ...(pager === undefined ? {} : { pager }),
    },
    annotations: {
      summary,
      description: lines.join('\n'),
      ...(runbook === undefined ? {} : { runbook_url: runbook }),
      ...(exemplarTraceId === undefined ? {} : { trace_id: exemplarTraceId }),
      ...(affected.length === 0 ? {} : { message: affected.map((one) => draftMessage(page, one)).join('\n\n') }),
    },
    startsAt: new Date(after.fromMs).toISOString(),
    endsAt: NOT_ENDED,
    generatorURL: '',
    fingerprint,
  };
}
