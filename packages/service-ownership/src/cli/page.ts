import { resolve } from 'node:path';
import { buildCatalogue } from '../catalogue/build-catalogue.ts';
import { toAlert } from '../explain/to-alert.ts';
import { judgeObjectives } from '../objectives/judge-objectives.ts';
import type { Alert } from '../pages/alert.ts';
import { decidePages } from '../pages/decide-pages.ts';
import { deliver } from '../pages/deliver.ts';
import { likeliestCause } from '../pages/likeliest-cause.ts';
import { EMPTY_BOOK, type PageBook, readPageBook, writePageBook } from '../pages/page-book.ts';
import { type Delivery, noteDeliveries, planDeliveries } from '../pages/plan-deliveries.ts';
import { renderDeliveries } from '../render/render-deliveries.ts';
import { renderPages } from '../render/render-pages.ts';
import { readEntities } from './catalog.ts';
import { clockOf, OBJECTIVE_OPTIONS, readSlos } from './objectives.ts';
import { openSpans } from './open-spans.ts';
import { COMMON_OPTIONS, parseArguments, toNumber } from './parse-arguments.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

/** `ownership page`: who is to be paged, and why; delivers it to a webhook. Returns 1 if anybody is, or could not be. */
export async function page(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseArguments(args, OPTIONS);
  const url = urlOf(options.webhook);
  const repeatMs = toNumber(options.repeat, '--repeat', [0, 1_000_000]) * 60_000;
  const statePath = options.state && resolve(surroundings.cwd, options.state);
  const book = statePath ? await readPageBook(statePath, options.state) : EMPTY_BOOK;
  const declared = await readSlos(options.slo, surroundings);
  const entities = await readEntities(options.catalog, surroundings);
  await using store = await openSpans(options, surroundings);
  const { engine } = store;
  const clock = await clockOf(options, engine, surroundings);
  const catalogue = await buildCatalogue(engine, entities);
  const statuses = await judgeObjectives(engine, declared, clock);
  const findCause = likeliestCause(engine);
  const pages = await decidePages(statuses, { engine, catalogue, findCause, nowMs: clock.nowMs });
  const alerts = pages.map(toAlert);
  const deliveries = url === undefined ? [] : await deliverDue(alerts, book, { url, repeatMs, surroundings });
  if (statePath && url !== undefined)
    await writePageBook(statePath, noteDeliveries(book, deliveries, surroundings.now()));
  if (options.json) surroundings.print(JSON.stringify({ at: clock, pages, alerts, deliveries }, undefined, 2));
  else surroundings.print(`${renderPages(pages, surroundings)}\n${renderDeliveries(deliveries)}`.trimEnd());
  return pages.length > 0 || deliveries.some(({ reason }) => reason !== undefined) ? 1 : 0;
}

interface Due {
  readonly url: string;
  readonly repeatMs: number;
  readonly surroundings: Surroundings;
}

async function deliverDue(alerts: readonly Alert[], book: PageBook, { url, repeatMs, surroundings }: Due) {
  const due = planDeliveries(alerts, book, { nowMs: surroundings.now(), repeatMs });
  const { signal, retryWaitsMs } = surroundings;
  const rest = { signal, ...(retryWaitsMs ? { waitsMs: retryWaitsMs } : {}) };
  const deliveries: Delivery[] = [];
  for (const alert of due) deliveries.push(await deliver(alert, { url, ...rest }));
  return deliveries;
}

function urlOf(text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && /^https?:/.test(text))) return text;
  throw new UsageError(`--webhook must be a URL such as http://127.0.0.1:9093/hook, not \`${text}\`.`);
}

const OPTIONS = {
  ...COMMON_OPTIONS,
  ...OBJECTIVE_OPTIONS,
  webhook: { type: 'string' },
  state: { type: 'string' },
  repeat: { type: 'string', default: '240' },
} as const;
