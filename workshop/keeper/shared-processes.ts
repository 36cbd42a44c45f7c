import type { RecordedShared } from './keeper-record.ts';
import { isSameProcess } from './process-identity.ts';
import type { SharedProcess, SharedProcessSpec } from './protocol.ts';
import { spawnShared, stopShared } from './shared-process.ts';

/** The processes that everybody with a lease uses together, at most one of each name. */
export type SharedProcesses = {
  find(name: string): Promise<SharedProcess | undefined>;
  /** Starts it, or hands over the one that runs already. */
  start(spec: SharedProcessSpec): Promise<SharedProcess>;
  stopAll(): Promise<void>;
  list(): readonly RecordedShared[];
};

/** Takes over those that an earlier keeper left running. */
export function openSharedProcesses(recorded: readonly RecordedShared[], onChange: () => void): SharedProcesses {
  const known = new Map(recorded.map((shared) => [shared.name, shared]));
  let queue: Promise<unknown> = Promise.resolve();

  async function find(name: string): Promise<RecordedShared | undefined> {
    const shared = known.get(name);
    if (shared && (await isSameProcess(shared.identity))) return shared;
    known.delete(name);
    return undefined;
  }

  async function start(spec: SharedProcessSpec): Promise<SharedProcess> {
    const shared = (await find(spec.name)) ?? (await spawnShared(spec));
    known.set(spec.name, shared);
    onChange();
    return shared;
  }

  return {
    find,
    start(spec) {
      const started = queue.then(() => start(spec));
      queue = started.catch(() => {});
      return started;
    },
    async stopAll() {
      await queue;
      await Promise.all([...known.values()].map(stopShared));
    },
    list: () => [...known.values()],
  };
}
