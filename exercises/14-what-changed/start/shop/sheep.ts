import { call } from '../lib/http-client.ts';

// every skein's page says "meet your sheep"
export async function meetSheep(req, res) {
  const skein = req.params.slug + '-' + (req.query.skein || 1);
  const answer: any = await call('GET', process.env.STOREFRONT_URL + '/skeins/' + encodeURIComponent(skein) + '/sheep', null, {
    'x-tenant': req.get('x-tenant') || 'purl',
  });
  res.status(answer.status).json(answer.body);
}
