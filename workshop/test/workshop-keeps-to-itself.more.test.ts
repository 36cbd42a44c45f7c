import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { learnerProject } from './learner-project.ts';
import { processesOf } from './processes-of.ts';
import { socketsOf } from './sockets-of.ts';

const SECRETS = {
  AWS_SECRET_ACCESS_KEY: 'hush-hush',
  GITHUB_TOKEN: 'psst',
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x',
};

test.runIf(process.platform === 'linux')(
  'a running workshop listens on loopback only, speaks to nobody else, and shows the app none of the learner’s secrets',
  async () => {
    await using project = await learnerProject({ keepsDatabase: false });
    await project.solve('2');
    await using hanging = createServer((socket) => void socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
    await once(hanging, 'listening');
    const { port } = hanging.address() as AddressInfo;
    const takers = new Promise((resolve) => hanging.once('connection', resolve));
    const env = { ...SECRETS, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
    await using watch = project.start(['start'], { input: 'open', env });
    const seen = await watchProcesses(project.root, watch.sees(/\d of \d checks? pass/));

    // Nobody waits for a receiver that takes spans and never answers.
    await takers;
    expect(watch.output()).toMatch(/(\d) of \1 checks pass/);
    watch.kill('SIGTERM');
    expect((await watch.ended).code).toBe(0);

    const hosts = seen.flatMap(({ sockets }) =>
      sockets.flatMap(({ local, remote, isListening }) => (isListening ? [local] : [local, remote])),
    );
    expect(new Set(hosts)).toEqual(new Set(['127.0.0.1']));
    const listening = seen
      .filter(({ sockets }) => sockets.some(({ isListening }) => isListening))
      .map(({ command }) => command);
    for (const part of [
      'guard.js start',
      'keeper/main.ts',
      'postgres',
      'shop/main.ts',
      'warehouse/main.ts',
      'payments/main.ts',
    ])
      expect(listening.filter((command) => command.includes(part)).length, part).toBeGreaterThan(0);

    const app = seen.filter(({ command }) => /(shop|warehouse|payments)\/main\.ts/.test(command));
    expect(app.length).toBeGreaterThanOrEqual(3);
    for (const { environment } of app) {
      expect(environment).toContain('DATABASE_URL=');
      for (const [name, value] of Object.entries(SECRETS))
        expect(environment).not.toMatch(new RegExp(`${name}|=${value}`));
      expect(environment).not.toContain(`:${port}`);
    }
  },
);

type Seen = {
  readonly command: string;
  readonly environment: string;
  readonly sockets: ReturnType<typeof socketsOf>;
};

/** Looks at all processes of the project again and again until something has happened. */
async function watchProcesses(root: string, happens: Promise<unknown>): Promise<readonly Seen[]> {
  const seen = new Map<number, Seen>();
  let isOver = false;
  const over = happens.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const { pid, command } of processesOf(root)) {
      const before = seen.get(pid);
      const sockets = [...(before?.sockets ?? []), ...socketsOf(pid)];
      // A process that has just been started is still its parent.
      const environment = readEnvironment(pid) || (before?.environment ?? '');
      seen.set(pid, {
        command,
        environment,
        sockets: [...new Map(sockets.map((socket) => [JSON.stringify(socket), socket])).values()],
      });
    }
    await Promise.race([over, delay(100)]);
  }
  await over;
  return [...seen.values()];
}

function readEnvironment(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
