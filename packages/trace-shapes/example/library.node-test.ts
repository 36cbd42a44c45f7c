import assert from 'node:assert/strict';
import test, { snapshot } from 'node:test';
import { buildTraces, canonicalTraces, judge, renderVerdict, startReceiver } from 'trace-shapes';
import { bookRequest } from './library-shape.ts';
import { startLibrary } from './start-library.ts';

snapshot.setDefaultSnapshotSerializers([String]);

test('traces a request, and the visit that is counted later', async (t) => {
  await using receiver = await startReceiver();
  await using library = await startLibrary(receiver, './jobs.ts');
  await fetch(`${library.url}/books/9780131103627`);
  await library.waitForLine(/^counted/);
  await library.stop();

  const verdict = judge(bookRequest, receiver.telemetry);
  assert.equal(verdict.status, 'pass', renderVerdict(verdict));
  t.assert.snapshot(canonicalTraces(buildTraces(receiver.telemetry.spans)));
});
