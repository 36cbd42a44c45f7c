import { durationMs } from '../match/compare-span.ts';
import type { Fact, Limit, LinkEnds } from '../match/fact.ts';
import { describePredicate, type Predicate } from '../shape/predicate.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { RelationFact } from './fact-groups.ts';
import { code, ms, named, type Words } from './phrases.ts';

/** The words for how spans that are in their place are bound to others: by links, by order, by time. */
export function relationWords(fact: RelationFact): Words {
  switch (fact.code) {
    case 'missing-link':
      return linkWords(fact);
    case 'wrong-order':
      return orderWords(fact);
    case 'not-parallel':
      return {
        message: `${listOf(fact.nodes)} took ${ms(fact.elapsedMs)} together and the longest of them ${ms(fact.longestMs)}: they do not run side by side.`,
        hint: 'Each waits for the one before, or only some run at once, as with a pool that is too small. Start them all, then `await Promise.all([…])`.',
        expected: `at most ${ms(fact.atMostMs)} together`,
        actual: ms(fact.elapsedMs),
      };
    case 'ended-too-early':
      return earlyWords(fact.node, fact.limit);
    case 'ended-too-late':
      return lateWords(fact.node, fact.limit);
  }
}

function linkWords({ node, expected, actual }: Extract<Fact, { code: 'missing-link' }>): Words {
  const role = textOf(expected.to);
  const many = expected.times === 1 ? `a link to ${role}` : `${expected.times} links to ${role}`;
  return {
    message: `${named(node)} lacks ${many}: it has ${linksOf(actual)}.${actual.instead ? ` ${instead(role, node, actual.instead)}` : ''}`,
    hint: LINK_HINTS[actual.instead ?? 'none'],
    expected: many,
    actual: linksOf(actual),
  };
}

function linksOf({ nodes, lost, right }: LinkEnds): string {
  const there =
    right > 0 ? [`${right} such`] : nodes.length > 0 ? [`one to ${[...new Set(nodes.map(named))].join(', ')}`] : [];
  const gone = lost > 0 ? [`${lost} to spans that never came`] : [];
  return [...there, ...gone].join(' and ') || 'none';
}

function instead(role: string, node: SpanNode, how: NonNullable<LinkEnds['instead']>): string {
  if (how === 'child-of') return `It is a child of ${role} instead.`;
  return how === 'other-way-round' ? `${role} links to ${named(node)} instead.` : "It leads to another request's.";
}

const LINK_HINTS: Readonly<Record<NonNullable<LinkEnds['instead']> | 'none', string>> = {
  none: "Keep the other span's `spanContext()` with the message, and give it when starting this one: `{ links: [{ context }] }`.",
  'child-of':
    'Work that is taken up later, or for many at once, is a trace of its own that links back: start it with `{ root: true, links: [{ context }] }`.',
  'other-way-round': 'A link leads from the later span back to what caused it. Give it when starting the later one.',
  'another-request': 'Keep the span context with each message, not in a variable that requests share.',
};

function orderWords({ node, before, isParent }: Extract<Fact, { code: 'wrong-order' }>): Words {
  const [a, b] = [node.span, before.span];
  if (isParent) {
    const by = ms(Number(b.startUnixNano - a.startUnixNano) / 1e6);
    return {
      message: `${named(node)} began ${by} before its parent ${named(before)} did.`,
      hint: 'Two clocks that differ, or a start time that was set by hand.',
      expected: `after the start of ${named(before)}`,
      actual: `${by} before`,
    };
  }
  const by = ms(Number(b.endUnixNano - a.startUnixNano) / 1e6);
  const isSwapped = a.endUnixNano <= b.startUnixNano;
  return {
    message: isSwapped
      ? `${named(node)} came before ${named(before)}, expected after it.`
      : `${named(node)} began ${by} before ${named(before)} had ended, expected after it.`,
    hint: isSwapped
      ? 'The steps are done in another order than expected.'
      : 'They run side by side: the first is not awaited before the next begins.',
    expected: `after ${named(before)}`,
    actual: isSwapped ? `before ${named(before)}` : 'side by side',
  };
}

function earlyWords(node: SpanNode, limit: Limit): Words {
  const lasted = ms(durationMs(node.span));
  const hint = 'It ended before the work did: `await` the work before `span.end()`, in a `finally`.';
  switch (limit.type) {
    case 'child':
    case 'parent': {
      const late = ms(Number(limit.node.span.startUnixNano - node.span.endUnixNano) / 1e6);
      return {
        message: `${named(node)} had ended ${late} before its own child ${named(limit.node)} began.`,
        hint,
        expected: `an end after that of ${named(limit.node)}`,
        actual: `${late} before it began`,
      };
    }
    case 'beside':
      return {
        message: `${named(node)} lasted ${lasted}, less than ${named(limit.node)} with ${ms(durationMs(limit.node.span))}.`,
        hint,
        expected: `at least ${ms(durationMs(limit.node.span))}`,
        actual: lasted,
      };
    case 'measured':
      return {
        message: `${named(node)} lasted ${lasted}, but from outside the work took ${ms(limit.ms)} (give or take ${ms(limit.toleranceMs)}).`,
        hint,
        expected: ms(limit.ms),
        actual: lasted,
      };
    case 'ms':
      return {
        message: `${named(node)} lasted ${lasted}, but the work that it stands for takes at least ${ms(limit.ms)}.`,
        hint,
        expected: `at least ${ms(limit.ms)}`,
        actual: lasted,
      };
  }
}

function lateWords(node: SpanNode, limit: Limit): Words {
  const lasted = ms(durationMs(node.span));
  const hint =
    'It was ended later than the work: end it in a `finally` right after, not in a timer or when the process stops.';
  switch (limit.type) {
    case 'child':
    case 'parent': {
      const late = ms(Number(node.span.endUnixNano - limit.node.span.endUnixNano) / 1e6);
      return {
        message: `${named(node)} ended ${late} after its parent ${named(limit.node)} had.`,
        hint: 'The parent does not wait for it: `await` the work inside the callback of the parent, or end this span as soon as its own work is done.',
        expected: `within ${named(limit.node)}`,
        actual: `${late} longer`,
      };
    }
    case 'beside':
      return {
        message: `${named(node)} lasted ${lasted}, more than ${named(limit.node)} with ${ms(durationMs(limit.node.span))}.`,
        hint,
        expected: `at most ${ms(durationMs(limit.node.span))}`,
        actual: lasted,
      };
    case 'measured':
      return {
        message: `${named(node)} lasted ${lasted}, but from outside the work took only ${ms(limit.ms)} (give or take ${ms(limit.toleranceMs)}).`,
        hint,
        expected: ms(limit.ms),
        actual: lasted,
      };
    case 'ms':
      return {
        message: `${named(node)} lasted ${lasted}, expected at most ${ms(limit.ms)}.`,
        hint: 'The work takes too long, or the span was ended later than the work.',
        expected: `at most ${ms(limit.ms)}`,
        actual: lasted,
      };
  }
}

function listOf(nodes: readonly SpanNode[]): string {
  const names = [...Map.groupBy(nodes, named)].map(([name, { length }]) => (length > 1 ? `${length} × ${name}` : name));
  const shown =
    names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`] : names;
  return shown.length === 1 ? `${shown[0]}` : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function textOf(predicate: Predicate): string {
  return predicate.type === 'literal' ? code(String(predicate.value)) : describePredicate(predicate);
}

const MOST_NAMES = 4;
