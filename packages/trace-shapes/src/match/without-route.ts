import type { Span } from '../otlp/telemetry.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { isLibraryScope, type Senders } from './senders.ts';

/**
 * Whether a SERVER span has only the method for a name because no framework told it the route: the HTTP library is
 * instrumented, and the framework was loaded before its hook. A request that no route matches looks the same, and there
 * the framework's own spans come.
 */
export function isWithoutRoute(shape: SpanShape, node: SpanNode, senders: Senders): boolean {
  return (
    isOnlyTheMethod(shape, node.span) &&
    isLibraryScope(node.span.scope.name) &&
    ![...senders.scopesOf(node.span.service)].some((name) => FRAMEWORKS.test(name))
  );
}

/** Whether a SERVER span is named `POST` where `POST /orders` is expected, and its path fits, as far as it is known. */
export function isOnlyTheMethod(shape: SpanShape, span: Span): boolean {
  if (shape.name.type !== 'literal' || span.kind !== 'server') return false;
  const [method, route, ...more] = String(shape.name.value).split(' ');
  if (route === undefined || more.length > 0 || method !== span.name || 'http.route' in span.attributes) return false;
  const path = span.attributes['url.path'] ?? span.attributes['http.target'];
  return typeof path !== 'string' || isRouteOf(route, path);
}

function isRouteOf(route: string, path: string): boolean {
  const [wanted, came] = [route.split('/'), (path.split('?')[0] ?? '').split('/')];
  return wanted.length === came.length && wanted.every((part, i) => /^[:{*]/.test(part) || part === came[i]);
}

const FRAMEWORKS = /(express|router|fastify|koa|hapi|restify|connect|nestjs|flask|django|spring)/i;
