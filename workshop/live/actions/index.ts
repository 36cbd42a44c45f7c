import type { LiveAction } from '../live-shop.ts';
import { browse } from './browse.ts';
import { buy, decline, tenCarts } from './buy.ts';
import { lastNight } from './last-night.ts';
import { meetSheep } from './meet-sheep.ts';

/** What keys do in the live view, in the order in which they are named. */
export const LIVE_ACTIONS: readonly LiveAction[] = [browse, buy, decline, tenCarts, lastNight, meetSheep];
