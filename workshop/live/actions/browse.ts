import { renderDuration } from 'trace-shapes/render';
import { sendRequest } from '../../scenario/send-request.ts';
import { curlLine } from '../curl-line.ts';
import type { LiveAction } from '../live-shop.ts';

/** Somebody looks at all the yarns. */
export const browse: LiveAction = {
  key: 'b',
  label: 'browse',
  needsFreshShop: false,
  async run({ urls, signal, tell }) {
    const url = `${urls.shop}/yarns`;
    tell(`$ ${curlLine('GET', url)}`);
    const startedAt = performance.now();
    const { status, body } = await sendRequest('GET', url, undefined, signal);
    const count = Array.isArray(body) ? `, ${body.length} yarns` : '';
    tell(`  ${status} in ${renderDuration(performance.now() - startedAt)}${count}`);
    return undefined;
  },
};
