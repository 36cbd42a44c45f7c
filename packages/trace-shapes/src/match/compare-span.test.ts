import { expect, test } from 'vitest';
import { internal, server, trace } from '../shape/build.ts';
import { absent, present } from '../shape/predicate.ts';
import { codes } from '../testing/codes.ts';
import { request, work } from '../testing/spans.ts';

test('finds once what is wrong with a resource, however many spans come from it', () => {
  const resource = { 'service.version': '1.4.2', 'deployment.environment.name': present, 'host.name': absent };
  const shape = trace(server('x', { resource }, internal('a', { resource })));
  const run = (given: Readonly<Record<string, string>>) =>
    ({ ...request('x', { ...work('a'), resource: given }), resource: given }) as const;
  const right = { 'service.version': '1.4.2', 'deployment.environment.name': 'test' };
  expect(codes(shape, run(right))).toEqual([]);
  expect(codes(shape, run({ ...right, 'service.version': '1.4.1' }))).toEqual(['wrong-attribute x ×2']);
  expect(codes(shape, run({ 'service.version': '1.4.2' }))).toEqual(['missing-attribute x ×2']);
  expect(codes(shape, run({ ...right, 'host.name': 'laptop' }))).toEqual(['forbidden-attribute x ×2']);
});

test('tells what belongs on the resource from what belongs on the span', () => {
  const version = { 'service.version': '1.4.2' };
  const onResource = trace(server('x', { resource: version }));
  expect(codes(onResource, { ...request('x'), attributes: version })).toEqual(['misplaced-attribute x']);
  const onSpan = trace(server('x', { attributes: version }));
  expect(codes(onSpan, { ...request('x'), resource: version })).toEqual(['misplaced-attribute x']);
});

test('takes errorType for the attribute error.type', () => {
  const shape = trace(server('x', { errorType: /Timeout$/, status: 'error' }));
  const run = (type: string) => ({ ...request('x'), status: 'error', attributes: { 'error.type': type } }) as const;
  expect(codes(shape, run('QueryTimeout'))).toEqual([]);
  expect(codes(shape, run('500'))).toEqual(['wrong-attribute x']);
  expect(codes(shape, { ...request('x'), status: 'error' })).toEqual(['missing-attribute x']);
});
