import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../testing/command-line.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

test('prints how often the right service comes first in a sample of real faults, beside plain rules', async () => {
  const { exitCode, out } = await run(FIXTURE, ['evaluate', '--spans', 'spans.parquet', '--cases', 'cases.json']);
  expect(out).toMatchInlineSnapshot(`
    "                              cases  AC@1   AC@3   AC@5   Avg@5
      what changed                    4  1.000  1.000  1.000  1.000
        cpu_contention                1  1.000  1.000  1.000  1.000
        exception                     1  1.000  1.000  1.000  1.000
        network_delay                 1  1.000  1.000  1.000  1.000
        return                        1  1.000  1.000  1.000  1.000

      meanLatency                     4  0.250  0.250  0.500  0.300
      meanLatencyOfOperation          4  0.250  0.500  0.500  0.400
      selfTime                        4  0.250  0.250  0.250  0.250
      selfTimeOfOperation             4  0.250  0.500  0.500  0.400
      selfTimePerTrace                4  0.250  0.250  0.250  0.250

      The right service came first every time."
  `);
  expect(exitCode).toBe(0);
});

test('prints the same as JSON', async () => {
  const { out } = await run(FIXTURE, ['evaluate', '--spans', 'spans.parquet', '--cases', 'cases.json', '--json']);
  const { ranks, perFaultType, baselines, ...all } = JSON.parse(out);
  expect(all).toEqual({ cases: 4, 'AC@1': 1, 'AC@3': 1, 'AC@5': 1, 'Avg@5': 1 });
  expect(Object.keys(perFaultType)).toEqual(['cpu_contention', 'exception', 'network_delay', 'return']);
  expect(Object.keys(baselines)).toContain('selfTime');
  expect(ranks.map((one: { readonly suspects: readonly string[] }) => one.suspects[0])).toEqual([
    'frontend',
    'frontend',
    'cartservice',
    'productcatalogservice',
  ]);
});

test('says in one line what is wrong with the cases', async () => {
  await using folder = await temporaryFolder();
  const said = async (cases: string): Promise<string> => {
    await writeFile(join(folder.path, 'c.json'), cases);
    const spans = join(FIXTURE, 'spans.parquet');
    const { exitCode, err } = await run(folder.path, ['evaluate', '--spans', spans, '--cases', 'c.json']);
    expect(exitCode).toBe(2);
    return err;
  };
  const labelled = { case: 'noon', baseline: 'night', rootCauseService: 'mill', faultType: 'slow' };
  expect(
    [
      await said('{'),
      await said('[]'),
      await said('[{}]'),
      await said(JSON.stringify([labelled, { ...labelled, faultType: 3 }])),
      await said(JSON.stringify([labelled])),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "c.json: it is no JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)
    c.json: expected a list of cases.
    c.json: case 1: \`case\` is missing, or no text.
    c.json: case 2: \`faultType\` is missing, or no text.
    c.json: no span has \`noon\` as its \`Window\`."
  `);
});

const FIXTURE = join(import.meta.dirname, '../../fixtures/online-boutique');
