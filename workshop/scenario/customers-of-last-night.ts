import type { Wish } from './place-order.ts';

/** One customer's order: what is wished for, the card, and how long after the drop's first customers it comes. */
export type NightOrder = Wish & { readonly afterMs: number };

/** The first four of the drop: as many as the shop has write connections. */
export const firstOfTheDrop: readonly NightOrder[] = [1, 2, 1, 3].map((skeins) => ({
  wishes: { 'A-MERINO-DROP': skeins },
  card: 'tok_ok',
  afterMs: 0,
}));

/** Everybody after them, one every 150 ms: more of the drop, other yarn, and the cards that people have. */
export const everybodyElse: readonly NightOrder[] = [
  { wishes: { 'B-ALPACA-FOG': 2 }, card: 'tok_ok' },
  { wishes: { 'A-MERINO-DROP': 2 }, card: 'tok_ok' },
  { wishes: { 'S-SOCK-NAVY': 3 }, card: 'tok_flaky' },
  { wishes: { 'T-TWEED-HEATHER': 5, 'L-LINEN-FLAX': 1 }, card: 'tok_ok' },
  { wishes: { 'A-MERINO-DROP': 1, 'H-DYED-DUSK': 2 }, card: 'tok_declined' },
  { wishes: { 'C-COTTON-MINT': 4 }, card: 'tok_ok' },
  { wishes: { 'A-MERINO-DROP': 4 }, card: 'tok_ok' },
  { wishes: { 'D-DONEGAL-PEAT': 6 }, card: 'tok_ok' },
  { wishes: { 'A-MERINO-DROP': 1 }, card: 'tok_flaky' },
  { wishes: { 'R-RAMBOUILLET': 2, 'C-COTTON-ECRU': 2 }, card: 'tok_ok' },
  { wishes: { 'A-MERINO-DROP': 2 }, card: 'tok_ok' },
  { wishes: { 'J-JUTE-PLAIN': 1 }, card: 'tok_declined' },
  { wishes: { 'H-DYED-LAGOON': 3 }, card: 'tok_ok' },
  { wishes: { 'A-MERINO-DROP': 1 }, card: 'tok_ok' },
  { wishes: { 'S-SHETLAND-GREY': 8 }, card: 'tok_ok' },
  { wishes: { 'A-MERINO-DROP': 3, 'S-SOCK-CONFETTI': 3 }, card: 'tok_ok' },
  { wishes: { 'Y-YAK-CHARCOAL': 2 }, card: 'tok_ok' },
  { wishes: { 'A-MERINO-DROP': 2 }, card: 'tok_flaky' },
  { wishes: { 'L-LINEN-SALT': 2 }, card: 'tok_ok' },
  { wishes: { 'A-MERINO-DROP': 1 }, card: 'tok_ok' },
].map((order, place) => ({ ...order, afterMs: 150 * place }));

/** What those who only look around ask for, again and again. */
export const pagesOfTheShop: readonly string[] = [
  '/yarns',
  '/yarns/merino-drop',
  '/yarns/merino-drop',
  '/yarns/ember',
  '/yarns',
  '/yarns/tweed-heather',
  '/yarns/merino-drop',
  '/yarns/sock-navy',
];
