/** Locks by name, each held by one lease at a time and granted in the order of asking. */
export type NamedLocks = {
  take(name: string, lease: string): Promise<void>;
  release(name: string, lease: string): void;
  releaseAll(lease: string): void;
};

type Waiter = { readonly lease: string; readonly grant: () => void };

/** Makes an empty set of locks. */
export function createNamedLocks(): NamedLocks {
  const queues = new Map<string, Waiter[]>();

  function leave(name: string, isLeaving: (waiter: Waiter, index: number) => boolean): void {
    const queue = queues.get(name) ?? [];
    const holder = queue[0];
    const rest = queue.filter((waiter, index) => !isLeaving(waiter, index));
    queues.set(name, rest);
    if (rest[0] !== holder) rest[0]?.grant();
  }

  return {
    take(name, lease) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const queue = queues.get(name) ?? [];
      queues.set(name, [...queue, { lease, grant: resolve }]);
      if (queue.length === 0) resolve();
      return promise;
    },
    release: (name, lease) => leave(name, (waiter, index) => index === 0 && waiter.lease === lease),
    releaseAll(lease) {
      for (const name of queues.keys()) leave(name, (waiter) => waiter.lease === lease);
    },
  };
}
