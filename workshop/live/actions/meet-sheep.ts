import { rm, writeFile } from 'node:fs/promises';
import { renderDuration } from 'trace-shapes/render';
import { driveChain, type Visit } from '../../supply-chain/drive-chain.ts';
import { ENTRY, withoutRollouts } from '../../supply-chain/topology.ts';
import { curlLine } from '../curl-line.ts';
import type { LiveAction, LiveShop } from '../live-shop.ts';

/** Visitors meet their sheep: first as it was this morning, before anything was rolled out, then as it is now. */
export const meetSheep: LiveAction = {
  key: 'm',
  label: 'meet your sheep',
  needsFreshShop: false,
  drawsCrowds: true,
  needsProcess: ENTRY,
  async run(shop) {
    const { urls, dir, changeFile, tell } = shop;
    if (!urls[ENTRY]) {
      tell('  There are no sheep to meet yet: they come with stage 14.');
      return undefined;
    }
    tell(`$ ${curlLine('GET', urlOf(shop, 'merino-fog', '7'))}`);
    await writeFile(changeFile, JSON.stringify(await withoutRollouts(dir)));
    // Whoever comes first finds cold services; nobody is to take that for a change.
    await visit(shop, 0, TO_WARM_UP);
    const morning = await visit(shop, 1).finally(() => rm(changeFile, { force: true }));
    tell(`  this morning  ${said(morning)}`);
    const since = new Date().toISOString();
    const now = await visit(shop, 2);
    tell(`  now           ${said(now)}`);
    tell(`  ${burning(now)}`);
    tell(`  npm run -s ownership -- what-changed --since ${since}`);
    return undefined;
  },
};

function visit(shop: LiveShop, seed: number, requests = VISITS): Promise<readonly Visit[]> {
  const urlOfSkein = (skein: string) => {
    const [, slug = '', number = ''] = /^(.*?-.*?)-(.*)$/.exec(skein) ?? [];
    return urlOf(shop, slug, number);
  };
  return driveChain({ urlOf: urlOfSkein, tenants: ['knit-magazine'] }, { requests, seed }, shop.signal);
}

function urlOf({ urls }: LiveShop, slug: string, skein: string): string {
  return `${urls.shop}/yarns/${slug}/sheep?skein=${skein}`;
}

function said(visits: readonly Visit[]): string {
  const slowest = Math.max(...visits.map(({ durationMs }) => durationMs));
  return `${visits.length} visits, ${lateOf(visits)} too late (over ${LATE_MS} ms); the slowest took ${renderDuration(slowest)}`;
}

/** The budget is what the objective allows: one visit of a hundred. */
function burning(visits: readonly Visit[]): string {
  const rate = lateOf(visits) / visits.length / ALLOWED;
  if (rate <= 1) return 'The objective "99 of 100 meet their sheep in time" holds: nothing burns.';
  const days = 30 / rate;
  const left = days >= 1 ? `${days.toFixed(1)} days` : `${Math.round(days * 24)} hours`;
  return `The objective "99 of 100 meet their sheep in time" burns ${Math.round(rate)} times too fast: the budget of a month is gone in ${left}.`;
}

function lateOf(visits: readonly Visit[]): number {
  return visits.filter(({ durationMs, status }) => durationMs > LATE_MS || status >= 500).length;
}

const VISITS = 60;
const TO_WARM_UP = 20;
const LATE_MS = 500;
const ALLOWED = 0.01;
