import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test("the example works in Node's own test runner", () => {
  // Within a test of its own kind, Node's runner would report to that one instead.
  const { NODE_TEST_CONTEXT, NODE_OPTIONS, ...env } = process.env;
  const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', 'library.node-test.ts'], {
    cwd: import.meta.dirname,
    env,
    encoding: 'utf8',
  });
  expect({ status, said: status === 0 ? '' : stdout }).toEqual({ status: 0, said: '' });
  expect(stdout).toContain('pass 1');
});
