import type { ShopPromise } from '../shop-promise.ts';

/** Payments charges a reference once, declines with a reason, and pays back once. */
export const moneyIsHandled: ShopPromise = {
  title: 'payments charges once and refunds once',
  async check({ payments, expect }) {
    const charge = (body: unknown) => payments.post('/charges', body);
    const incomplete = { status: 422, body: { error: 'reference, amount and card are needed' } };
    expect('POST /charges without a card', await charge({ reference: 'T-1', amount: 100 }), incomplete);
    const first = await charge({ reference: 'T-1', amount: 100, card: 'tok_ok' });
    expect('POST /charges', first, { status: 200, body: { status: 'approved', chargeId: /^ch_\d+$/ } });
    expect('POST /charges again', await charge({ reference: 'T-1', amount: 100, card: 'tok_ok' }), first);
    const declined = { status: 200, body: { status: 'declined', reason: 'insufficient funds' } };
    expect('POST /charges, declined', await charge({ reference: 'T-2', amount: 100, card: 'tok_declined' }), declined);
    const busy = { status: 503, body: { error: 'gateway busy' } };
    expect('POST /charges, flaky', await charge({ reference: 'T-3', amount: 100, card: 'tok_flaky' }), busy);
    const approved = await charge({ reference: 'T-3', amount: 100, card: 'tok_flaky' });
    expect('POST /charges, flaky again', approved, { status: 200, body: { status: 'approved', chargeId: /^ch_\d+$/ } });
    const refund = () => payments.post('/refunds', { reference: 'T-1' });
    expect('POST /refunds', await refund(), { status: 201, body: { reference: 'T-1', amount: 100 } });
    expect('POST /refunds again', await refund(), { status: 404, body: { error: 'nothing to refund' } });
  },
};
