import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.ts';
import { projectWithRun, type SketchedSpan, sketchTelemetry } from './sketched-run.ts';

const checkout: readonly SketchedSpan[] = [
  { trace: 'aaa1', id: 'a1', name: 'POST /orders', kind: 'server', at: 0, for: 400 },
  { trace: 'aaa1', id: 'a2', parent: 'a1', name: 'POST', kind: 'client', at: 10, for: 200 },
  {
    trace: 'aaa1',
    id: 'a3',
    parent: 'a2',
    name: 'POST /charges',
    kind: 'server',
    service: 'payments',
    at: 20,
    for: 100,
  },
];

test('asks what the bench sent last when no file is named', async () => {
  await using project = await projectWithRun({ telemetry: sketchTelemetry(checkout) });
  const { code, out } = await runCommand(project.root, ['ownership', 'catalog', '--json']);
  const { services, findings } = JSON.parse(out);
  expect(services.map(({ name }: { name: string }) => name)).toEqual(['payments', 'shop']);
  expect(findings.map(({ code, service }: { code: string; service: string }) => `${code} ${service}`)).toEqual([
    'no-owner payments',
    'no-owner shop',
  ]);
  expect(code).toBe(1);
});

test('reads the catalogue and the objectives of the bench when none are named', async () => {
  await using project = await projectWithRun({ telemetry: sketchTelemetry(checkout) });
  const bench = join(project.root, 'workbench');
  await mkdir(bench);
  await writeFile(join(bench, 'owners.yaml'), OWNERS);
  await writeFile(join(bench, 'checkout.slo.yaml'), PROMISE);
  const ask = async (...args: readonly string[]) =>
    JSON.parse((await runCommand(project.root, ['ownership', ...args, '--json'])).out);
  expect((await ask('catalog')).findings).toMatchObject([{ code: 'no-owner', service: 'payments' }]);
  const owned = [{ owner: 'storefront' }, { owner: 'nobody' }];
  expect((await ask('objectives')).objectives).toMatchObject(owned);
  expect((await ask('report')).objectives).toMatchObject(owned);
  await rm(join(bench, 'checkout.slo.yaml'));
  expect(await ask('report')).toMatchObject({ objectives: [], drift: [{ code: 'no-owner', service: 'payments' }] });
});

test('says how to send something, and which line of a file is wrong', async () => {
  await using project = await projectWithRun({ telemetry: sketchTelemetry(checkout) });
  await writeFile(join(project.root, 'owners.yaml'), 'apiVersion: backstage.io/v1alpha1\nkind: Component\n');
  expect(await runCommand(project.root, ['ownership', 'catalog', '--catalog', 'owners.yaml'])).toEqual({
    code: 2,
    out: '',
    err: 'owners.yaml: line 1, metadata.name: it is missing.',
  });
  const empty = join(project.root, 'empty');
  expect(await runCommand(project.root, ['ownership', 'catalog'], { root: empty })).toMatchObject({
    code: 2,
    err: expect.stringContaining('Nothing has been kept yet.'),
  });
});

test('passes help and options on to the package', async () => {
  await using project = await projectWithRun({});
  const { code, out } = await runCommand(project.root, ['ownership', '--help']);
  expect({ code, first: out.split('\n')[0] }).toEqual({
    code: 0,
    first: 'Usage: npm run -s ownership -- <command> [options]',
  });
});

const OWNERS = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: shop }
spec: { type: service, lifecycle: production, owner: storefront, dependsOn: [payments] }
`;
const PROMISE = `apiVersion: openslo/v1
kind: SLO
metadata: { name: checkout-available }
spec:
  service: shop
  indicator:
    spec:
      ratioMetric:
        bad: { metricSource: { type: otel_traces, spec: { operation: POST /orders, status: error } } }
        total: { metricSource: { type: otel_traces, spec: { operation: POST /orders } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  objectives: [{ target: 0.995 }]
`;
