import type { Span, SpanEvent } from '../otlp/telemetry.ts';
import type { EventShape, ExceptionShape } from '../shape/shape.ts';
import { maskText } from '../snapshot/mask-value.ts';
import { inferAttributes, inferValue, type Omit } from './infer-value.ts';

/** The events that each of several spans has, by name, with the attributes that they have in common. */
export function inferEvents(spans: readonly Span[], omit: Omit): readonly EventShape[] {
  const perSpan = spans.map(({ events }) => Map.groupBy(events.filter(isPlain), ({ name }) => maskText(name)));
  return [...(perSpan[0]?.keys() ?? [])].flatMap((name): readonly EventShape[] => {
    const such = perSpan.map((events) => events.get(name) ?? []);
    if (such.some((events) => events.length === 0)) return [];
    return [
      {
        name: inferValue(
          'name',
          such.flat().map((event) => event.name),
        ),
        attributes: inferAttributes(attributesOf(such.flat()), omit),
      },
    ];
  });
}

/** The exception that each of several spans tells of by an event, with the type that they have in common. */
export function inferException(spans: readonly Span[]): ExceptionShape | undefined {
  const such = spans.map(({ events }) => events.filter(isException));
  if (such.some((events) => events.length === 0)) return undefined;
  return { of: inferAttributes(attributesOf(such.flat()), [])['exception.type'], message: undefined };
}

function attributesOf(events: readonly SpanEvent[]) {
  return events.map(({ attributes }) => attributes);
}

function isException({ attributes }: SpanEvent): boolean {
  return attributes['exception.type'] !== undefined || attributes['exception.message'] !== undefined;
}

function isPlain(event: SpanEvent): boolean {
  return !isException(event);
}
