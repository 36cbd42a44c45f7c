import { randomUUID } from 'node:crypto';
import { leaseVariable } from './end-group.ts';
import { type KeeperConnection, KeeperGone } from './keeper-connection.ts';
import type { KeeperCall, SharedProcess, SharedProcessSpec } from './protocol.ts';
import { summonKeeper } from './summon-keeper.ts';

/** A lease on the process that cleans up after this one, however this one ends. */
export type Keeper = {
  readonly stateDir: string;
  /** To be in the environment of every process that is owned, so that its children are found as well. */
  readonly marker: Readonly<Record<string, string>>;
  /** Says that the process group led by `pid` must not outlive this process. */
  own(pid: number): void;
  disown(pid: number): void;
  /** Runs the work while no other lease holder of this folder runs work of that name. */
  withLock<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  findShared(name: string): Promise<SharedProcess | undefined>;
  /** Starts a process that runs until the last lease is gone, or hands over the one that runs already. */
  startShared(spec: SharedProcessSpec): Promise<SharedProcess>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Takes a lease on the folder's keeper, and takes it again whenever that keeper is killed. */
export async function openKeeper(options: {
  readonly stateDir: string;
  readonly signal?: AbortSignal;
}): Promise<Keeper> {
  const { stateDir, signal } = options;
  const lease = randomUUID();
  const owned = new Set<number>();
  let isClosed = false;
  let connection = follow(await summonKeeper(stateDir, lease, signal));

  function follow(current: KeeperConnection): Promise<KeeperConnection> {
    void current.ended.then(() => {
      if (isClosed) return;
      connection = summonKeeper(stateDir, lease).then(announce).then(follow);
      connection.catch(() => {});
    });
    return Promise.resolve(current);
  }

  function announce(current: KeeperConnection): KeeperConnection {
    for (const pid of owned) void current.request({ call: 'own', pid }).catch(() => {});
    return current;
  }

  async function ask(call: KeeperCall): Promise<unknown> {
    for (;;) {
      const current = await connection;
      try {
        return await current.request(call);
      } catch (error) {
        if (!(error instanceof KeeperGone) || isClosed) throw error;
        await current.ended;
      }
    }
  }

  return {
    stateDir,
    marker: { [leaseVariable]: lease },
    own(pid) {
      owned.add(pid);
      ask({ call: 'own', pid }).catch(() => {});
    },
    disown(pid) {
      owned.delete(pid);
      ask({ call: 'disown', pid }).catch(() => {});
    },
    async withLock(name, work) {
      await ask({ call: 'lock', name });
      try {
        return await work();
      } finally {
        await ask({ call: 'unlock', name });
      }
    },
    findShared: (name) => ask({ call: 'find', name }) as Promise<SharedProcess | undefined>,
    startShared: (spec) => ask({ call: 'start', spec }) as Promise<SharedProcess>,
    async [Symbol.asyncDispose]() {
      if (isClosed) return;
      isClosed = true;
      await connection.then((current) => current.close()).catch(() => {});
    },
  };
}
