import { expect, test } from 'vitest';
import { joinCatalogue } from '../catalogue/catalogue.ts';
import { seeServices } from '../catalogue/see-services.ts';
import { type Sketch, sketchSpans } from '../testing/sketch-spans.ts';
import { storeOf } from '../testing/store-of.ts';
import { affectedBy } from './affected.ts';

test('those on the way from the promise to the cause are affected, and nobody else', async () => {
  // front → middle → cause → below, front → aside; admin → cause has nothing to do with this promise.
  const chain = call('front', [call('middle', [call('cause', [call('below')])]), call('aside')]);
  await using store = await storeOf(sketchSpans([0, chain], [0, call('admin', [call('cause')])]));
  const catalogue = joinCatalogue(await seeServices(store.engine), []);
  expect(affectedBy('cause', 'front', catalogue)).toEqual([
    { owner: 'front-team', services: ['front'], chat: undefined },
    { owner: 'middle-team', services: ['middle'], chat: undefined },
  ]);
});

test('the owner of the cause is not told of his own page', async () => {
  const chain = call('front', [call('middle', [call('cause', [], 'front-team')])]);
  await using store = await storeOf(sketchSpans([0, chain]));
  const catalogue = joinCatalogue(await seeServices(store.engine), []);
  expect(affectedBy('cause', 'front', catalogue).map(({ owner }) => owner)).toEqual(['middle-team']);
});

function call(service: string, children: readonly Sketch[] = [], owner = `${service}-team`): Sketch {
  return { name: 'ask', service, at: [0, 9], children, resource: { 'service.owner.name': owner } };
}
