import type { SpanNode, Trace } from '../trace/trace.ts';

/** Who sent spans at all: which services, and which of their scopes. */
export interface Senders {
  readonly services: ReadonlySet<string>;
  servicesIn(trace: Trace): ReadonlySet<string>;
  /** The names of a service's scopes, or of all. */
  scopesOf(service: string | undefined): ReadonlySet<string>;
}

/** Looks at the spans only when it is first asked: most comparisons never do. */
export function createSenders(traces: readonly Trace[]): Senders {
  const servicesOf = new WeakMap<Trace, ReadonlySet<string>>();
  let scopes: ReadonlyMap<string | undefined, ReadonlySet<string>> | undefined;
  const allScopes = () => {
    scopes ??= collectScopes(traces.flatMap(({ nodes }) => nodes));
    return scopes;
  };
  return {
    get services() {
      return new Set([...allScopes().keys()].filter((service) => service !== undefined));
    },
    servicesIn(trace) {
      const known = servicesOf.get(trace) ?? new Set(trace.nodes.map(({ span }) => span.service));
      servicesOf.set(trace, known);
      return known;
    },
    scopesOf: (service) => allScopes().get(service) ?? new Set(),
  };
}

function collectScopes(nodes: readonly SpanNode[]): ReadonlyMap<string | undefined, ReadonlySet<string>> {
  const scopes = new Map<string | undefined, Set<string>>([[undefined, new Set()]]);
  for (const { span } of nodes) {
    scopes.get(undefined)?.add(span.scope.name);
    const own = scopes.get(span.service);
    if (own) own.add(span.scope.name);
    else scopes.set(span.service, new Set([span.scope.name]));
  }
  return scopes;
}

/** Whether a scope's name is that of a library's instrumentation, and not of somebody's own tracer. */
export function isLibraryScope(name: string): boolean {
  return /instrumentation|^io\.opentelemetry\.|^opentelemetry\./i.test(name);
}
