import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { letPeopleBrowse } from './browse-shop.ts';
import { everybodyElse } from './customers-of-last-night.ts';
import { replayLastNight } from './last-night.ts';
import { type OpenShop, openShop, type ShopPlace } from './open-shop.ts';
import { fillBasket, orderBasket } from './place-order.ts';
import { shiftClock } from './shift-clock.ts';

/** Replays last night with an hour's worth of people in a minute, and gives what the app printed, at two o'clock. */
export async function recordLastNight(place: ShopPlace): Promise<readonly string[]> {
  await using shop = await openShop(place);
  await sellAsUsual(shop, 38);
  await replayLastNight(shop, { visitsPerSecond });
  await sellAsUsual(shop, 29);
  const printed = shop.log.lines().filter(({ stream }) => stream === 'stdout');
  // The processes were started on Monday; only their replay begins with that.
  const lines = printed.map(({ line }) => line).filter((line) => !/ listening\b/.test(line));
  return shiftClock(lines, 'worker report started', '02:00:00.000');
}

/** People look around, and every 600 ms somebody orders; not the drop, which is not out or sold out. */
async function sellAsUsual({ urls: { shop } }: OpenShop, orders: number): Promise<void> {
  const signal = AbortSignal.timeout(120_000);
  await using _browsers = letPeopleBrowse(shop, visitsPerSecond, signal);
  const usual = everybodyElse.filter(({ wishes }) => !('A-MERINO-DROP' in wishes));
  const placed: Promise<unknown>[] = [];
  for (let count = 0; count < orders; count++) {
    const wish = usual[count % usual.length];
    if (wish) placed.push(fillBasket(shop, wish).then((basketId) => orderBasket(shop, { basketId, card: wish.card })));
    await delay(600);
  }
  await Promise.all(placed);
}

const visitsPerSecond = 46;

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  const lines = await recordLastNight({ dir: join(root, 'legacy-app'), stateDir: join(root, '.workshop') });
  const file = join(root, 'exercises/00-last-night/last-night.log');
  await writeFile(file, `${lines.join('\n')}\n`);
  console.log(`${lines.length} lines in ${file}`);
}
