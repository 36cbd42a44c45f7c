import { startReceiver } from 'trace-shapes';
import { expect, test } from 'vitest';
import 'trace-shapes/vitest';
import { bookRequest } from './library-shape.ts';
import { startLibrary } from './start-library.ts';

test('traces a request, and the visit that is counted later', async () => {
  await using receiver = await startReceiver();
  await using library = await startLibrary(receiver, './jobs.ts');
  await fetch(`${library.url}/books/9780131103627`);
  await library.waitForLine(/^counted/);
  await library.stop();

  expect(receiver).toMatchTrace(bookRequest);
});
