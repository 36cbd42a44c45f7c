import type { ShopPromise } from '../shop-promise.ts';

/** The listing and each yarn's page say what the tables say. */
export const yarnIsListed: ShopPromise = {
  title: 'yarns are listed and shown',
  async check({ shop, rows, expect }) {
    expect('GET /healthz', (await shop.get('/healthz')).status, 200);
    const listed = await shop.get('/yarns');
    expect('GET /yarns', listed, { status: 200, body: await rows(listing) });
    expect('GET /yarns again', await shop.get('/yarns'), listed);
    expect('GET /yarns/merino-drop', await shop.get('/yarns/merino-drop'), {
      status: 200,
      body: {
        sku: 'A-MERINO-DROP',
        slug: 'merino-drop',
        name: 'Merino Drop No. 9',
        fibre: 'merino',
        grams: 100,
        handDyed: false,
        cents: 2400,
        inStock: 120,
      },
    });
    expect('GET /yarns/polyester', await shop.get('/yarns/polyester'), {
      status: 404,
      body: { error: 'no such yarn' },
    });
  },
};

const listing = `
  select y.sku, y.slug, y.name,
    (select p.cents from prices p where p.sku = y.sku order by p.valid_from desc limit 1) as cents,
    (select sum(s.on_hand)::int from stock s where s.sku = y.sku) as "inStock",
    y.almost_gone as "almostGone"
  from yarns y where y.listed order by y.name`;
