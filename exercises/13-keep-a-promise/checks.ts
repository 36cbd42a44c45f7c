import { join } from 'node:path';
import { type Engine, type Entity, loadSpans, openStore, seeServices } from 'service-ownership';
import type { CheckAids, CheckFinding, CheckOutcome, SetCheck, StageRun } from '../../workshop/check/check.ts';
import { nothingLost, nothingToLookAt, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks } from '../../workshop/check/define-check.ts';
import { readBenchEntities } from '../../workshop/check/judge-catalogue.ts';
import { pageNights } from '../../workshop/incidents/page-nights.ts';
import { judgePages } from './judge-pages.ts';
import { judgeMeasured, judgePromises, readBenchObjectives } from './judge-promises.ts';
import { tellNights } from './tell-nights.ts';

const promised: SetCheck = {
  id: 'promises-are-written-down',
  title: 'what the checkout promises is written down, and measured',
  judgeSet: (run, aids) => onSpans(run, async (engine) => failed(await judgeWritten(run, aids, engine))),
};

const paged: SetCheck = {
  id: 'nine-nights',
  title: 'in nine nights out of nine the owner of the cause is woken',
  judgeSet: (run, aids) =>
    onSpans(run, async (engine) => {
      // Of a promise that says something else, the pages say nothing.
      const written = await judgeWritten(run, aids, engine);
      const [objectives, entities] = [readBenchObjectives(run.bench, aids), readBenchEntities(run.bench, aids)];
      if (!entities.ok) return failed([entities.finding]);
      if (written.length > 0 || !objectives.ok) return failed(written);
      const onCall = { objectives: objectives.read, entities: entities.read, seen: await seeServices(engine) };
      const nights = await pageNights(NIGHTS, onCall);
      const fileOf = (service: string) => entities.read.find(({ name }) => name === service);
      const findings = judgePages(nights, (service) => placeOf(fileOf(service)) ?? aids.show('catalog'));
      return { ...failed(findings), remark: await tellNights(engine, nights, objectives.read) };
    }),
};

export const checks = defineChecks([promised, paged, nothingLost, sameBehaviour]);

const NIGHTS = join(import.meta.dirname, 'nights');

async function judgeWritten({ bench }: StageRun, aids: CheckAids, engine: Engine): Promise<readonly CheckFinding[]> {
  const objectives = readBenchObjectives(bench, aids);
  if (!objectives.ok) return [objectives.finding];
  const wrong = judgePromises(objectives.read, aids);
  return wrong.length > 0 ? wrong : judgeMeasured(engine, objectives.read);
}

async function onSpans(
  { telemetry: { spans } }: StageRun,
  judge: (engine: Engine) => Promise<CheckOutcome>,
): Promise<CheckOutcome> {
  if (spans.length === 0) return failed([nothingToLookAt]);
  await using store = await openStore({ threads: 1 });
  await loadSpans(store, spans);
  return await judge(store.engine);
}

function failed(findings: readonly CheckFinding[]): CheckOutcome {
  return { findings, picture: undefined, paths: [] };
}

function placeOf(entity: Entity | undefined): string | undefined {
  return entity && `${entity.file}:${entity.owner?.line ?? entity.line}`;
}
