import fc from 'fast-check';
import { expect, test } from 'vitest';
import { client, internal, only, trace, traces } from '../shape/build.ts';
import type { Expected, SpanShape } from '../shape/shape.ts';
import { type SketchedSpan, sketchTraces } from '../testing/sketch-traces.ts';
import { buildTraces } from '../trace/build-traces.ts';
import { match } from './match.ts';

// The same cases every time.
const SEEDED = { seed: 4, numRuns: 80 };

// Names that are not alike, so that what is moved or taken away is never mistaken for a slip.
const WORDS = [
  'basket',
  'customs',
  'dye',
  'flock',
  'gauge',
  'hank',
  'invoice',
  'jumper',
  'knit',
  'loom',
  'mordant',
  'needle',
];

/**
 * A tree, as for each span but the root the number of its parent, and which of its spans is changed. The spans have names
 * of their own, or all of one level have the same and only an attribute tells them apart.
 */
const changed = fc
  .tuple(fc.array(fc.nat(), { minLength: 1, maxLength: WORDS.length - 1 }), fc.nat(), fc.nat(), fc.boolean())
  .map(([picks, at, other, byLevel]): Case => {
    const parents = picks.map((pick, i) => pick % (i + 1));
    const levels = [0];
    for (const parent of parents) levels.push((levels[parent] ?? 0) + 1);
    return { parents, names: byLevel ? levels : [...levels.keys()], at: 1 + (at % parents.length), other };
  });

interface Case {
  readonly parents: readonly number[];
  /** Which word each span has for a name. */
  readonly names: readonly number[];
  readonly at: number;
  readonly other: number;
}

/** What a change of one span makes of the trace; `undefined` where it can't be made there. */
type Mutation = (one: Case) => readonly SketchedSpan[] | undefined;

const whole = (one: Case) => spanOf(one);
const hasChildren = ({ parents, at }: Case) => childrenOf(parents, at).length > 0;

/** Every single change, with the finding that it should give: one, at the changed span. */
const MUTATIONS: Readonly<Record<string, readonly [code: string, Mutation]>> = {
  'is not there, nor what is below it': ['missing-span', (one) => [edit(whole(one), one.at, () => [])]],
  'is not there, and its children hang below its parent': [
    'missing-span',
    (one) => [edit(whole(one), one.at, (span) => span.children ?? [])],
  ],
  'never ended': [
    'orphan-span',
    (one) => (hasChildren(one) ? [edit(whole(one), one.at, (span) => [{ ...span, lost: true }])] : undefined),
  ],
  'is there once more, beside itself': ['wrong-count', (one) => [edit(whole(one), one.at, (span) => [span, span])]],
  'is there once more, around itself, by another tracer': [
    'duplicate-span',
    (one) => [edit(whole(one), one.at, (span) => [{ ...span, scope: 'other', children: [span] }])],
  ],
  'is there once more, within itself, by another tracer': [
    'duplicate-span',
    (one) => [edit(whole(one), one.at, (span) => [{ ...span, children: [{ ...span, scope: 'other' }] }])],
  ],
  'is below another span': ['wrong-parent', moved],
  'has another name': ['wrong-name', change({ name: 'zzz' })],
  'has a name that is nearly right': ['wrong-name', (one) => change({ name: `${nameOf(one, one.at)}s` })(one)],
  'is of another kind': ['wrong-kind', change({ kind: 'producer' })],
  'has another status': ['wrong-status', change({ status: 'error' })],
  'comes from another service': ['wrong-service', change({ service: 'other' })],
  'comes from another tracer': ['wrong-scope', change({ scope: 'other' })],
  'has another attribute': ['wrong-attribute', change({ attributes: { n: -1 } })],
  'lacks an attribute': ['missing-attribute', change({ attributes: {} })],
  'begins a trace of its own': ['lost-context', (one) => [edit(whole(one), one.at, () => []), spanOf(one, one.at)]],
  'begins a trace of its own, though it names its parent': ['lost-context', change({ split: true })],
};

test('finds nothing in what is as the strict shape says', () => {
  fc.assert(
    fc.property(changed, (one) => {
      expect(findings(strictly(one), [whole(one)])).toEqual([]);
    }),
    SEEDED,
  );
});

test.for(Object.entries(MUTATIONS))('finds just that a span %s', ([, [code, mutate]]) => {
  fc.assert(
    fc.property(changed, (one) => {
      const roots = mutate(one);
      fc.pre(roots !== undefined);
      expect(findings(strictly(one), roots ?? [])).toEqual([`${code} ${one.at}`]);
    }),
    SEEDED,
  );
});

test('finds just that a span was exported twice', () => {
  fc.assert(
    fc.property(changed, (one) => {
      const spans = sketchTraces(whole(one)).flatMap(({ nodes }) => nodes.map(({ span }) => span));
      const twice = spans.filter(({ attributes }) => attributes.n === one.at);
      const { facts } = match(strictly(one), buildTraces([...spans, ...twice]));
      expect(facts.map(({ fact }) => ({ ...fact, node: undefined }))).toMatchObject([
        { code: 'duplicate-span', exportedTwice: true, shape: { attributes: { n: { value: one.at } } } },
      ]);
    }),
    SEEDED,
  );
});

/** A code, and the number of what was expected there. */
function findings(expected: Expected, roots: readonly SketchedSpan[]): readonly string[] {
  return match(expected, sketchTraces(...roots)).facts.map(({ fact }) => {
    const shape = fact.code === 'orphan-span' ? fact.unfinished : 'shape' in fact ? fact.shape : undefined;
    const number = shape?.attributes.n;
    return `${fact.code} ${number?.type === 'literal' ? number.value : 'of no shape'}`;
  });
}

function change(by: Partial<SketchedSpan>): Mutation {
  return (one) => [edit(whole(one), one.at, (span) => [{ ...span, ...by }])];
}

function moved(one: Case): readonly SketchedSpan[] | undefined {
  const { parents, names, at, other } = one;
  const [before = 0, below] = [parents[at - 1], other % at];
  // Below a span of its own name it could as well be its second, and below one of its parent's the parents be swapped.
  if (before === below || names[at] === names[below] || names[before] === names[below]) return undefined;
  return [spanOf({ ...one, parents: parents.with(at - 1, below) })];
}

/** The tree with what the change makes of one of its spans. */
function edit(root: SketchedSpan, at: number, by: (span: SketchedSpan) => readonly SketchedSpan[]): SketchedSpan {
  const children = (root.children ?? []).flatMap((child) =>
    child.attributes?.n === at ? by(child) : [edit(child, at, by)],
  );
  return { ...root, children };
}

function childrenOf(parents: readonly number[], of: number): readonly number[] {
  return parents.flatMap((parent, i) => (parent === of ? [i + 1] : []));
}

function nameOf({ names }: Case, at: number): string {
  return WORDS[names[at] ?? 0] as string;
}

function kindOf({ names }: Case, at: number): 'client' | 'internal' {
  return (names[at] ?? 0) % 3 === 2 ? 'client' : 'internal';
}

function spanOf(one: Case, at = 0): SketchedSpan {
  const children = childrenOf(one.parents, at).map((child) => spanOf(one, child));
  return { name: nameOf(one, at), kind: kindOf(one, at), attributes: { n: at }, children };
}

/** All of it is said, and nothing else may be there. */
function strictly(one: Case): Expected {
  return traces([trace(shapeOf(one))], { only: true });
}

function shapeOf(one: Case, at = 0): SpanShape {
  const build = kindOf(one, at) === 'client' ? client : internal;
  const properties = { service: 'shop', scope: 'test', status: 'unset', attributes: { n: at } } as const;
  return only(build(nameOf(one, at), properties, ...childrenOf(one.parents, at).map((child) => shapeOf(one, child))));
}
