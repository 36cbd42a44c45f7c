import { client } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from './check.ts';
import { findingOf } from './define-check.ts';
import type { WireRequest } from './tap-wire.ts';

/**
 * Judges the baggage of every request that left for payments, as anybody on the other side could read it: each of the
 * orders went along once at least, and nothing that is nobody's business.
 */
export function judgeBaggage(
  { wire }: StageRun,
  orders: readonly string[],
  locate: CheckAids['locate'],
): readonly CheckFinding[] {
  const leaks = wire.flatMap((request) => leakOf(request) ?? []);
  const lacking = orders.filter((order) => !wire.some((request) => carries(request, order)));
  const location = locate({
    node: undefined,
    shape: client(/./, { anchor: 'shop/checkout.ts#chargeCard(order, token)' }),
  });
  return [
    ...leaks.slice(0, 1).map((leak) => leakFinding(leak, leaks.length, location)),
    ...(lacking.length > 0 ? [lackFinding(lacking, wire, location)] : []),
  ];
}

type Leak = { readonly request: WireRequest; readonly key: string; readonly what: string };

function leakOf(request: WireRequest): Leak | undefined {
  for (const [key, value] of entriesOf(request)) {
    const what = SECRETS.find(({ pattern }) => pattern.test(`${key}=${value}`))?.what;
    if (what) return { request, key, what };
  }
  return undefined;
}

function carries(request: WireRequest, order: string): boolean {
  return entriesOf(request).some(([key, value]) => key === ENTRY && value === order);
}

/** The entries of the `baggage` header, without their properties. */
function entriesOf({ headers }: WireRequest): readonly (readonly [string, string])[] {
  return String(headers.baggage ?? '')
    .split(',')
    .filter((member) => member.includes('='))
    .map((member) => {
      const [key = '', value = ''] = (member.split(';')[0] ?? '').split(/=(.*)/s);
      return [key.trim(), decoded(value.trim())] as const;
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function leakFinding({ request, key, what }: Leak, times: number, location: string | undefined): CheckFinding {
  const name = `${request.method} ${request.path}`;
  return findingOf({
    code: 'forbidden-attribute',
    message: `The baggage of \`${name}\` carries ${what} in \`${key}\`, for all to read on the way${times > 1 ? ` (${times} times)` : ''}.`,
    hint: 'Baggage goes out with every request below, as a header in plain text, to whoever is called: also to those outside of the house. Put in a number that means something only here.',
    expected: 'no personal data and no secret in baggage',
    actual: `${what} in \`${key}\``,
    service: 'shop',
    span: name,
    location,
    times,
  });
}

function lackFinding(
  lacking: readonly string[],
  wire: readonly WireRequest[],
  location: string | undefined,
): CheckFinding {
  const came = wire.find(({ headers }) => headers.baggage !== undefined)?.headers.baggage;
  return findingOf({
    code: 'missing-attribute',
    message: `No request to payments carried \`${ENTRY}=${lacking[0]}\` in its baggage${came ? `; one carried \`${came}\`` : ', and none carried any baggage'}.`,
    hint: `Baggage is part of the context: \`propagation.setBaggage(context.active(), propagation.createBaggage({ '${ENTRY}': { value: order.id } }))\` gives a new one, and what runs by \`context.with(…)\` in it takes it along. \`propagation.inject\` writes it into the headers beside \`traceparent\`.`,
    expected: `\`${ENTRY}\` in the header \`baggage\``,
    actual: came ? String(came) : 'no baggage',
    service: 'shop',
    span: 'POST /charges',
    location,
    times: lacking.length,
  });
}

const ENTRY = 'purl.order.id';

const SECRETS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /[^\s@=]+@[^\s@]+\.[a-z]+/i, what: 'an e-mail address' },
  { pattern: /tok_/, what: 'a card token' },
];
