import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'What changed, a dozen services away',
  minutes: 30,
  goal: 'Whatever changes at any of twelve services is found from your traces: where, whose it is, and which value did it.',
  processes: ['shop', 'warehouse', 'payments', 'worker'],
  startFinding: 'not-findable',
  edit: [
    'supply-chain/rounds.ts: each question in the context of its own visit',
    'supply-chain/identity.ts: the version, on the resource',
    'supply-chain/service.ts: tenant, flag and variant, on the span',
    'supply-chain/INCIDENT.md: service, owner, value',
    'supply-chain/rollouts.yaml: what you roll back',
  ],
  hints: [
    'Look at one slow visit: `npm run traces -- --slow`, `npm run trace ID`. It ends at the wool exchange, and there are strangers in the list that begin with `GET /fleeces/:skein`. Where have you seen an interval that asks for others?',
    'Keep `context.active()` with each question that waits for the next round, and ask it by `context.with(saved, () => …)`.',
    'A deploy, a flag and another mix of tenants have one thing in common: some visits carry a value that others do not. Only what is on a span or on its resource can be compared.',
    '`service.version` belongs to the resource, in identity.ts. `purl.tenant`, `feature_flag.key` and `feature_flag.result.variant` belong to the active span, in service.ts; the variant also when it is "off".',
    'Slow visits ask the farm four times. Who asks the farm? Its owner is on its resource, and its flag in supply-chain/rollouts.yaml.',
  ],
  retires: [],
  notice:
    'Nobody told you what was changed, at which of twelve services, and sometimes nothing was. What the traces carry was enough to know.',
});
