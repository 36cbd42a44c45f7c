import { loadSpans, openStore, whatChanged } from 'service-ownership';
import type { Span } from 'trace-shapes';

/** What the tool says changed between two sets of spans: the first of its suspects. */
export type FoundChange = {
  readonly service: string;
  readonly operation: string;
  /** What the guilty traces have in common; undefined if they have nothing. */
  readonly attribute: string | undefined;
  readonly value: string | undefined;
};

/** Asks what changed; `undefined` if chance explains whatever differs. */
export async function findChange(sets: {
  readonly before: readonly Span[];
  readonly after: readonly Span[];
}): Promise<FoundChange | undefined> {
  await using store = await openStore({ threads: 1 });
  await loadSpans(store, sets.before.map(withFlags), 'before');
  await loadSpans(store, sets.after.map(withFlags), 'after');
  const { changed, suspects } = await whatChanged(store.engine, {
    before: { window: 'before' },
    after: { window: 'after' },
  });
  const [first] = suspects;
  if (!changed || !first) return undefined;
  const { service, operation, value } = first;
  return { service, operation, attribute: value?.key, value: value?.value };
}

/** A flag may be told in an event, as the conventions have it, too: what is compared are attributes. */
function withFlags(span: Span): Span {
  const told = span.events.filter(({ name }) => name === 'feature_flag.evaluation');
  if (told.length === 0) return span;
  return { ...span, attributes: Object.assign({}, span.attributes, ...told.map(({ attributes }) => attributes)) };
}
