import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { learnerProject } from './learner-project.ts';
import { findOffline } from './offline.ts';

test('everything that a learner does works without a network, and nothing even tries to reach one', async ({
  skip,
}) => {
  const offline = findOffline();
  if (!offline.ok) return skip(offline.why);
  await using project = await learnerProject({ keepsDatabase: false });
  const guard = join(project.root, 'workshop/guard.js');
  const step = (name: string, command: string) =>
    `'${process.execPath}' '${guard}' ${command} >&2 < /dev/null; echo ${name} $?`;
  const script = [
    step('goto', 'goto 0'),
    step('check-start', 'check'),
    step('solve', 'solve 1'),
    step('check-solution', 'check'),
    step('start', 'start'),
    'echo strays $(strays)',
    // The counter counts.
    `'${process.execPath}' -e '${STRAY}'; test $(strays) -gt 0; echo counts $?`,
  ].join('\n');
  const { PATH = '' } = process.env;
  const { stdout, stderr } = await promisify(execFile)(offline.command, offline.args(script), {
    cwd: project.root,
    env: { PATH, HOME: project.root },
  });
  expect(stdout.trim().split('\n'), stderr).toEqual([
    'goto 0',
    'check-start 1',
    'solve 0',
    'check-solution 0',
    'start 0',
    'strays 0',
    'counts 0',
  ]);
}, 150_000);

const STRAY = 'fetch("http://192.0.2.1/", { signal: AbortSignal.timeout(200) }).catch(() => process.exit())';
