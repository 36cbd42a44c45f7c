import { expect, test } from 'vitest';
import { client, internal, server, trace } from '../shape/build.ts';
import { codes } from '../testing/codes.ts';
import { sketchTraces } from '../testing/sketch-traces.ts';
import { call, request, work } from '../testing/spans.ts';
import { buildTraces } from '../trace/build-traces.ts';
import { match } from './match.ts';

const shape = trace(server('x', { service: 'shop', scope: 'shop' }, internal('a', { service: 'shop', scope: 'shop' })));

test('finds a wrong service and a wrong scope once, however many spans have it', () => {
  const a = { ...work('a'), service: 'unknown_service', scope: 'main' };
  expect(codes(shape, { ...request('x', a), service: 'unknown_service', scope: 'main' })).toEqual([
    'wrong-service x ×2',
    'wrong-scope x ×2',
  ]);
});

test('finds once that every span was exported twice', () => {
  const { nodes = [] } = sketchTraces(request('x', work('a'), work('b')))[0] ?? {};
  const spans = nodes.map(({ span }) => span);
  const { facts } = match(trace(server('x', internal('a'))), buildTraces([...spans, ...spans]));
  expect(facts.map(({ fact, times }) => [fact.code, times])).toEqual([['duplicate-span', 3]]);
});

test('finds a span that is there twice once, with what is below the second', () => {
  const charge = trace(server('x', internal('charge card', client('POST'))));
  const twice = work('charge card', { ...work('charge card', call('POST')), scope: 'payments' });
  expect(codes(charge, request('x', twice))).toEqual(['duplicate-span charge card']);
  expect(codes(charge, request('x', request('x', work('charge card', call('POST')))))).toEqual(['duplicate-span x']);
});
