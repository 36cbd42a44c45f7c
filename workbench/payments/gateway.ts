/**
 * The card gateway. This is their SIMULATOR, the real one needs the certificate on Ines' laptop.
 * What happens depends on the token only:
 *   tok_ok        approved after 140 ms
 *   tok_declined  declined after 60 ms
 *   tok_flaky     first try of a reference is a 503, the next one is approved
 */
const seenFlaky: Set<string> = new Set();

export type GatewayAnswer = { status: 'approved' } | { status: 'declined'; reason: string } | { status: 'unavailable' };

export async function authorize(reference: string, card: string): Promise<GatewayAnswer> {
  if (card === 'tok_declined') {
    await wait(60);
    return { status: 'declined', reason: 'insufficient funds' };
  }
  if (card === 'tok_flaky' && !seenFlaky.has(reference)) {
    seenFlaky.add(reference);
    await wait(30);
    return { status: 'unavailable' };
  }
  if (card === 'tok_ok' || card === 'tok_flaky') {
    await wait(140);
    return { status: 'approved' };
  }
  await wait(60);
  return { status: 'declined', reason: 'card not recognised' };
}

export async function payBack(reference: string): Promise<void> {
  await wait(40);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
