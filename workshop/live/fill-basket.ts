import { openPool } from '../scenario/open-pool.ts';

/** Puts filled baskets straight into the database: no request, and so no trace beside the one to look at. */
export async function fillBaskets(databaseUrl: string, count: number): Promise<readonly string[]> {
  await using database = openPool(databaseUrl);
  const baskets: string[] = [];
  for (let n = 0; n < count; n++) {
    const { rows } = await database.query(
      `insert into baskets (id) values ('B-' || nextval('basket_no')) returning id`,
    );
    const basketId = String(rows[0]?.id);
    for (const sku of skusOf(basketId)) {
      await database.query('insert into basket_items (basket_id, sku, quantity) values ($1, $2, 1)', [basketId, sku]);
    }
    baskets.push(basketId);
  }
  return baskets;
}

/** Three kinds of yarn, others in each basket, so that baskets side by side do not wait for one row of stock. */
function skusOf(basketId: string): readonly string[] {
  const first = Number(basketId.replace(/\D/g, '')) % SKUS.length;
  return [0, 5, 9].map((step) => SKUS[(first + step) % SKUS.length] as string);
}

const SKUS = [
  'B-ALPACA-FOG',
  'B-ALPACA-RUST',
  'C-COTTON-ECRU',
  'C-COTTON-INDIGO',
  'C-COTTON-MINT',
  'D-DONEGAL-MOSS',
  'D-DONEGAL-PEAT',
  'L-LINEN-FLAX',
  'L-LINEN-SALT',
  'R-RAMBOUILLET',
  'S-SHETLAND-GREY',
  'S-SHETLAND-RED',
  'T-TWEED-HEATHER',
];
