import { buildTraces, type Span, type SpanKind } from 'trace-shapes';
import { expect, test } from 'vitest';
import { joinLinks } from './join-links.ts';

const sending = spanOf({ traceId: 'a', spanId: '1', kind: 'producer' });
const doing = spanOf({ traceId: 'b', spanId: '2', kind: 'consumer', links: [sending] });
const query = spanOf({ traceId: 'b', spanId: '3', kind: 'client', parentSpanId: '2' });

test('lets a consumer that links to its sending count as the child of it, with all that is below', () => {
  const [trace, ...others] = joinLinks(buildTraces([sending, doing, query]));
  expect(others).toEqual([]);
  expect(trace?.nodes.map(({ span, parent }) => [span.spanId, parent?.span.spanId])).toEqual([
    ['1', undefined],
    ['2', '1'],
    ['3', '2'],
  ]);
});

test('leaves a batch alone, which links to many, and links of other kinds', () => {
  const other = spanOf({ traceId: 'c', spanId: '4', kind: 'producer' });
  const batch = spanOf({ traceId: 'd', spanId: '5', kind: 'consumer', links: [sending, other] });
  const internal = spanOf({ traceId: 'e', spanId: '6', kind: 'internal', links: [sending] });
  const traces = buildTraces([sending, other, batch, internal]);
  expect(joinLinks(traces)).toBe(traces);
});

function spanOf(given: {
  readonly traceId: string;
  readonly spanId: string;
  readonly kind: SpanKind;
  readonly parentSpanId?: string;
  readonly links?: readonly Pick<Span, 'traceId' | 'spanId'>[];
}): Span {
  return {
    traceState: '',
    flags: 1,
    name: given.kind,
    startUnixNano: BigInt(given.spanId),
    endUnixNano: 100n,
    attributes: {},
    events: [],
    status: { code: 'unset', message: '' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    resource: { attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    scope: { name: 'test', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    service: 'shop',
    ...given,
    parentSpanId: given.parentSpanId,
    links: (given.links ?? []).map((to) => ({
      ...to,
      traceState: '',
      flags: 1,
      attributes: {},
      droppedAttributesCount: 0,
    })),
  };
}
