import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'Own your service',
  minutes: 20,
  goal: 'Everything that the four services send says whose it is and which version, and the catalogue tells what the traces tell.',
  processes: ['shop', 'warehouse', 'payments', 'worker'],
  startFinding: 'missing-attribute',
  edit: [
    'lib/identity.ts (new): who a process is, and who answers for it',
    'tracing.ts: that as the resource of the SDK',
    'catalog/*.catalog-info.yaml: drafted from the traces, and completed by you',
  ],
  hints: [
    'What is true of a process as a whole, and of everything that it sends, belongs on its resource: once, and not on each span.',
    'Four attributes: `service.namespace`, `service.version`, `service.criticality` (critical, high, medium or low) and the owner, `service.owner.name`, which is a proposal. `catalog/teams.yaml` says which teams there are.',
    'One way: a file `lib/identity.ts` with a table by `process.env.OTEL_SERVICE_NAME`, and `resource: resourceFromAttributes(identity)` in `new NodeSDK({ … })`. Another: `OTEL_RESOURCE_ATTRIBUTES=service.namespace=purl,service.version=…` in each line of the Procfile.',
    '`npm run -s ownership -- catalog --write workbench/catalog` drafts an entry for each service that no file declares, from the spans of the newest run. What is empty in it only people know.',
    'In `catalog/payments.catalog-info.yaml` the traces contradict what was true in 2021: the owner is no team any more, and it is the shop that calls payments.',
  ],
  retires: [],
  notice: 'Nobody has to remember any more who owns what: it is in every span, and where it is not true, it is said.',
});
