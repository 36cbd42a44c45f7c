import { expect, test } from 'vitest';
import { maskSecrets, maskText } from './mask-secrets.ts';

test.each([
  ['GET /me with Bearer abcdef.123456-xyz', 'GET /me with Bearer ab… (masked)'],
  ['authorization: Basic dXNlcjpwYXNz', 'authorization: Basic dX… (masked)'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln came', 'jwt ey… (masked) came'],
  [
    'connecting to postgres://shop:s3cret-pw@127.0.0.1/shop',
    'connecting to postgres://shop:s3… (masked)@127.0.0.1/shop',
  ],
  ['paid with 4242 4242 4242 4242.', 'paid with 42… (masked).'],
  ['paid with 4242424242424242', 'paid with 42… (masked)'],
  ['amex 3782-822463-10005', 'amex 37… (masked)'],
  ['GET /login?user=ann&password=hunter2&next=/', 'GET /login?user=ann&password=(masked)&next=/'],
  ['GET /x?api_key=0123456789abc', 'GET /x?api_key=01… (masked)'],
  ['{"client_secret":"abcdefghij"}', '{"client_secret":"ab… (masked)"}'],
  ['`log in` has `user.password` "hunter2", expected none.', '`log in` has `user.password` "(masked)", expected none.'],
  ['Set-Cookie: sid=abcdefghij; Path=/', 'Set-Cookie: si… (masked); Path=/'],
])('masks %j', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

test.each([
  'SELECT id FROM users WHERE password = $1',
  'card must be a card token',
  'the order number 4242424242424241 has no card in it',
  'span 1712345678901234567 began at 1795261809136',
  'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  'http://127.0.0.1:4318/v1/traces',
  'ann@example.com asked for a new password',
])('leaves %j as it is', (text) => {
  expect(maskText(text)).toBe(text);
});

test('masks whatever lies below a key that is named like a secret, and keeps the rest to the bit', () => {
  const bytes = new Uint8Array([1, 2]);
  const given = {
    traceId: '4242424242424242',
    attributes: {
      'http.request.header.authorization': ['Bearer abcdefgh'],
      'user.Password': 'hunter2',
      'session.cookie': { sid: 'abcdefghij', httpOnly: true },
      'card.number': 4242424242424242n,
      'order.ref': 4242424242424242,
      'gen_ai.usage.output_tokens': 12,
      'db.system.name': 'postgresql',
      amount: 12.5,
      bytes,
      none: undefined,
    },
  };
  expect(maskSecrets(given)).toEqual({
    traceId: '4242424242424242',
    attributes: {
      'http.request.header.authorization': ['Be… (masked)'],
      'user.Password': '(masked)',
      'session.cookie': { sid: 'ab… (masked)', httpOnly: true },
      'card.number': '42… (masked)',
      'order.ref': '42… (masked)',
      'gen_ai.usage.output_tokens': 12,
      'db.system.name': 'postgresql',
      amount: 12.5,
      bytes,
      none: undefined,
    },
  });
});
