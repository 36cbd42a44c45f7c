import type { LinkShape } from '../shape/link.ts';
import type { EventShape, Expected, SpanShape, TraceShape } from '../shape/shape.ts';
import { block, type Code, called, quoted } from './write-code.ts';
import { writePredicate } from './write-predicate.ts';

/**
 * A shape as a module in TypeScript, to keep and to go on from: `export const expected = trace(server(…))`.
 * Writes all that `inferShape` infers; what else a shape may say is left out.
 * @param name what the constant is called; `expected` if not given
 * @example await writeFile('expected.ts', writeShape(inferShape(buildTraces(receiver.telemetry.spans))))
 */
export function writeShape(expected: Expected, name = 'expected'): string {
  const used = new Set<string>();
  const code = writeExpected(expected, used);
  const imports = [...used].sort().join(', ');
  const body = block(code, `export const ${name} = `);
  return `import { ${imports} } from 'trace-shapes';\n\n${body};\n`;
}

type Used = Set<string>;

function writeExpected(expected: Expected, used: Used): Code {
  if (expected.type === 'trace') return writeTrace(expected, used);
  const list: Code = { open: '[', items: expected.traces.map((one) => writeTrace(one, used)), close: ']' };
  return call('traces', [list], used);
}

function writeTrace(shape: TraceShape, used: Used): Code {
  return counted(shape.count, call('trace', [writeSpan(shape.root, used, undefined)], used), used);
}

/** A service is said where it changes. */
function writeSpan(shape: SpanShape, used: Used, serviceAbove: string | undefined): Code {
  const service = shape.service && writePredicate(shape.service, used);
  const expectation = writeExpectation(shape, used, service === serviceAbove ? undefined : service);
  const children = shape.children.map((child) => writeSpan(child, used, service));
  const builder = shape.kind === undefined || shape.kind === 'unspecified' ? 'anySpan' : shape.kind;
  const items = [writePredicate(shape.name, used), ...(expectation ? [expectation] : []), ...children];
  return counted(shape.count, call(builder, items, used), used);
}

function writeExpectation(shape: SpanShape, used: Used, service: string | undefined): Code | undefined {
  const { scope, status, attributes, events, exception, links } = shape;
  const items: Code[] = [
    ...(service ? [`service: ${service}`] : []),
    ...(scope ? [`scope: ${writePredicate(scope, used)}`] : []),
    ...(status ? [`status: ${quoted(status)}`] : []),
    ...writeAttributes(attributes, used),
    ...(events.length > 0 ? [listed('events: [', events, (one) => writeEvent(one, used))] : []),
    ...(exception
      ? [exception.of ? `exception: { type: ${writePredicate(exception.of, used)} }` : 'exception: true']
      : []),
    ...(links.length > 0 ? [listed('links: [', links, (one) => writeLink(one, used))] : []),
  ];
  return items.length === 0 ? undefined : { open: '{', items, close: '}' };
}

function listed<T>(open: string, list: readonly T[], write: (one: T) => Code): Code {
  return { open, items: list.map(write), close: ']' };
}

function writeAttributes(attributes: SpanShape['attributes'], used: Used): readonly Code[] {
  const items = Object.entries(attributes).map(([key, one]) => `${writeKey(key)}: ${writePredicate(one, used)}`);
  return items.length > 0 ? [{ open: 'attributes: {', items, close: '}' }] : [];
}

function writeEvent({ name, attributes }: EventShape, used: Used): Code {
  const written = writePredicate(name, used);
  const more = writeAttributes(attributes, used);
  if (more.length === 0 && name.type === 'literal') return written;
  return { open: '{', items: [`name: ${written}`, ...more], close: '}' };
}

function writeLink(link: LinkShape, used: Used): Code {
  return call('to', [writePredicate(link.to, used), ...(link.times > 1 ? [`{ times: ${link.times} }`] : [])], used);
}

function counted({ min, max }: SpanShape['count'], code: Code, used: Used): Code {
  if (min === 1 && max === 1) return code;
  if (min === 0 && max === 1) return call('optional', [code], used);
  if (min === max) return call('exactly', [`${min}`, code], used);
  return call('between', [`${min}`, `${max}`, code], used);
}

function call(name: string, items: readonly Code[], used: Used): Code {
  used.add(name);
  return called(name, items);
}

/** Written plainly, `__proto__` would set the prototype instead of a key. */
function writeKey(key: string): string {
  if (key === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}
