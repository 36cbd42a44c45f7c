import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from '../explain/explain.ts';
import { renderVerdict } from '../render/render-verdict.ts';
import { internal, trace } from '../shape/build.ts';
import type { SpanShape } from '../shape/shape.ts';
import { type SketchedSpan, sketchTraces } from '../testing/sketch-traces.ts';
import { match } from './match.ts';

// The same cases every time.
fc.configureGlobal({ seed: 20 });

// Names that are not alike, so that what is moved or taken away is never mistaken for a rename.
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

/** A trace whose spans all have names of their own: for each span but the root, the number of its parent. */
const tree = fc
  .array(fc.nat(), { minLength: 1, maxLength: WORDS.length - 1 })
  .map((picks) => picks.map((pick, i) => pick % (i + 1)));

test('finds nothing in a trace that is as its shape says, in any order and with more in it', () => {
  fc.assert(
    fc.property(tree, fc.boolean(), (parents, extra) => {
      const more = (span: SketchedSpan): SketchedSpan => ({
        ...span,
        children: [...(span.children ?? []).toReversed().map(more), ...(extra ? [{ name: 'zzz' }] : [])],
      });
      expect(codesOf(toShape(parents), more(toSpan(parents)))).toEqual([]);
    }),
  );
});

test('finds just the span that is missing, whatever hangs below its parent instead', () => {
  fc.assert(
    fc.property(tree, fc.nat(), (parents, pick) => {
      const gone = 1 + (pick % parents.length);
      const parent = parents[gone - 1] as number;
      const without = toSpan(parents, 0, (of) =>
        childrenOf(parents, of).flatMap((child) => (child === gone ? childrenOf(parents, gone) : [child])),
      );
      expect(parent).toBeLessThan(gone);
      expect(codesOf(toShape(parents), without)).toEqual([`missing-span ${WORDS[gone]}`]);
    }),
  );
});

test('finds just the span whose context is lost', () => {
  fc.assert(
    fc.property(tree, fc.nat(), (parents, pick) => {
      const lost = 1 + (pick % parents.length);
      const rest = toSpan(parents, 0, (of) => childrenOf(parents, of).filter((child) => child !== lost));
      expect(codesOf(toShape(parents), rest, toSpan(parents, lost))).toEqual([`lost-context ${WORDS[lost]}`]);
    }),
  );
});

test('finds just the span that hangs below another parent', () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.nat(), (parents, pick, place) => {
      const moved = 1 + (pick % parents.length);
      const below = place % moved;
      fc.pre(parents[moved - 1] !== below);
      const elsewhere = parents.with(moved - 1, below);
      expect(codesOf(toShape(parents), toSpan(elsewhere))).toEqual([`wrong-parent ${WORDS[moved]}`]);
    }),
  );
});

test('finds just the span that never ended', () => {
  fc.assert(
    fc.property(tree, fc.nat(), (parents, pick) => {
      const open = parents[pick % parents.length] as number;
      const mark = (span: SketchedSpan): SketchedSpan => ({
        ...span,
        lost: span.name === WORDS[open],
        children: (span.children ?? []).map(mark),
      });
      const { facts } = match(trace(toShape(parents)), sketchTraces(mark(toSpan(parents))));
      expect(facts.map(({ fact }) => fact)).toMatchObject([
        { code: 'orphan-span', unfinished: { name: { value: WORDS[open] } } },
      ]);
    }),
  );
});

test('judges and draws any trace against any shape, within the width', () => {
  const name = fc.constantFrom('a', 'b', 'price basket', 'price baskets', 'load a row of a very long name indeed');
  const any = fc.letrec<{ span: SketchedSpan }>((tie) => ({
    span: fc.record(
      {
        name,
        lost: fc.boolean(),
        children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('span'), { maxLength: 3 })),
      },
      { requiredKeys: ['name'] },
    ) as fc.Arbitrary<SketchedSpan>,
  })).span;
  fc.assert(
    fc.property(any, fc.array(any, { maxLength: 3 }), fc.integer({ min: 60, max: 120 }), (wanted, came, width) => {
      const verdict = judge(trace(shapeOf(wanted)), sketchTraces(...came));
      const lines = renderVerdict(verdict, { width }).split('\n');
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      const shown = lines
        .slice(
          0,
          lines.findIndex((line) => line.startsWith('  (1) ')),
        )
        .join('\n');
      const unplaced = verdict.findings.filter(({ code }, i) => code !== 'no-spans' && !isPlaced(shown, i + 1));
      expect(unplaced).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

function isPlaced(picture: string, number: number): boolean {
  return [...picture.matchAll(/\((\d+)(?:–(\d+))?\)/g)].some(
    ([, from, to]) => Number(from) <= number && number <= Number(to ?? from),
  );
}

function codesOf(shape: SpanShape, ...roots: readonly SketchedSpan[]): readonly string[] {
  return match(trace(shape), sketchTraces(...roots)).facts.map(({ fact }) => {
    const name = 'shape' in fact && fact.shape?.name.type === 'literal' ? fact.shape.name.value : '';
    return `${fact.code} ${name}`;
  });
}

function childrenOf(parents: readonly number[], of: number): readonly number[] {
  return parents.flatMap((parent, i) => (parent === of ? [i + 1] : []));
}

function toSpan(parents: readonly number[], at = 0, below = (of: number) => childrenOf(parents, of)): SketchedSpan {
  return { name: WORDS[at] as string, children: below(at).map((child) => toSpan(parents, child, below)) };
}

function toShape(parents: readonly number[], at = 0): SpanShape {
  return internal(WORDS[at] as string, ...childrenOf(parents, at).map((child) => toShape(parents, child)));
}

function shapeOf({ name, children = [] }: SketchedSpan): SpanShape {
  return internal(name, ...children.map(shapeOf));
}
