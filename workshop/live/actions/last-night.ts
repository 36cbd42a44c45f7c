import { replayLastNight } from '../../scenario/last-night.ts';
import { curlLine } from '../curl-line.ts';
import type { LiveAction } from '../live-shop.ts';

/** Last night again: the report, whatever nights `npm run replay` draws, and everybody who came for the Merino drop. */
export const lastNight: LiveAction = {
  key: 'o',
  label: 'last night',
  needsFreshShop: true,
  async run({ urls, databaseUrl, signal, tell }) {
    tell(`$ ${curlLine('POST', `${urls.shop}/admin/nightly-report`)}`);
    tell('  and 24 customers with it; this takes eight seconds');
    tell('  (always this report: from stage 09 on `npm run replay` has other nights, too)');
    return replayLastNight({ urls, databaseUrl }, { signal, onProgress: (what) => tell(`  ${what}`) });
  },
};
