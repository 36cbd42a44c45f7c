import type { SpanNode } from 'trace-shapes';

/** Whether a span is a query, or a wait for a connection to send one by. */
export function isQuery({ span }: SpanNode): boolean {
  const { attributes, scope, name } = span;
  return (
    attributes['db.system.name'] !== undefined ||
    attributes['db.system'] !== undefined ||
    scope.name.endsWith('instrumentation-pg') ||
    /^pg[-.]/.test(name)
  );
}

/** Whether a query touches the rows that the nightly report holds. */
export function isOnStock({ span }: SpanNode): boolean {
  const text = span.attributes['db.query.text'] ?? span.attributes['db.statement'] ?? span.name;
  return /\bstock\b/i.test(String(text));
}

/** Whether a span stands for the call to payments, on either side of it. */
export function isCallToPayments(node: SpanNode): boolean {
  return !isQuery(node) && isOf(node, 'payments', /\/charges\b/, /charg|payment|\bpay/i);
}

/** Whether a span stands for the call to the warehouse, on either side of it. */
export function isCallToWarehouse(node: SpanNode): boolean {
  return !isQuery(node) && isOf(node, 'warehouse', /\/reservations\b/, /reserv|warehouse/i);
}

/** Whether a span stands for the nightly report, and not for the request or the message that asks for it. */
export function isReport(node: SpanNode): boolean {
  const { name, kind, attributes } = node.span;
  if (kind === 'server' || kind === 'client' || kind === 'producer' || attributes['http.route'] !== undefined)
    return false;
  return !isQuery(node) && [name, ...Object.values(attributes)].some((text) => /nightly.?report/i.test(String(text)));
}

/** Whether a span stands for what the shop does after it has answered. */
export function isAfterAnswer(node: SpanNode): boolean {
  return !isQuery(node) && /confirmation|award points|deliver order|audit/i.test(node.span.name);
}

function isOf({ span }: SpanNode, service: string, path: RegExp, name: RegExp): boolean {
  const url = span.attributes['url.full'] ?? span.attributes['url.path'] ?? span.attributes['http.route'] ?? '';
  return span.service === service || path.test(String(url)) || name.test(span.name);
}
