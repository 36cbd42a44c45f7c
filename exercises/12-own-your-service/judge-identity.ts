import { OWNER_ATTRIBUTES } from 'service-ownership';
import { anySpan, type Span } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { readBenchEntities } from '../../workshop/check/judge-catalogue.ts';
import { SERVICES } from './services.ts';

/** Whether each service says on its resource who it is: misplaced attributes first, then missing, then wrong ones. */
export function judgeIdentity(run: StageRun, aids: CheckAids): readonly CheckFinding[] {
  const { spans } = run.telemetry;
  if (spans.length === 0) return [nothingToLookAt];
  const senders = SERVICES.flatMap((service) => senderOf(service, spans));
  const owned = servicesWithOwner(run, aids);
  const lacks = senders.flatMap((sender) => lackedBy(sender, owned).map((key) => ({ sender, key })));
  const misplaced = lacks.filter(({ sender, key }) => sender.spans.some(({ attributes }) => key in attributes));
  if (misplaced.length > 0) return misplaced.slice(0, 1).map((one) => explainMisplaced(one, aids));
  if (lacks.length > 0) return explainMissing(lacks, aids);
  return [...wrongCriticalities(senders, aids), ...wrongVersions(senders, aids), ...wrongNamespaces(senders, aids)];
}

/** A service with the spans that it sent. */
type Sender = { readonly service: string; readonly first: Span; readonly spans: readonly Span[] };
type Lack = { readonly sender: Sender; readonly key: string };

function senderOf(service: string, all: readonly Span[]): readonly Sender[] {
  const spans = all.filter((span) => span.service === service);
  const first = spans.find(({ kind }) => kind === 'server' || kind === 'consumer') ?? spans[0];
  return first ? [{ service, first, spans }] : [];
}

/** An owner that is all that is missing, and that no file names either, is the catalogue's finding. */
function lackedBy(sender: Sender, owned: ReadonlySet<string>): readonly string[] {
  const lacked = [...IDENTITY, OWNER].filter((key) => isLacking(sender, key));
  return lacked.length > 1 || owned.has(sender.service) ? lacked : lacked.filter((key) => key !== OWNER);
}

function servicesWithOwner({ bench }: StageRun, aids: CheckAids): ReadonlySet<string> {
  const entities = readBenchEntities(bench, aids);
  return new Set(entities.ok ? entities.read.flatMap(({ name, owner }) => (owner ? [name] : [])) : []);
}

/** A service that was started twice says it twice. */
function isLacking({ spans }: Sender, key: string): boolean {
  return spans.some(({ resource }) => textOf(resource.attributes[key]) === '');
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function explainMisplaced({ sender, key }: Lack, { locate }: CheckAids): CheckFinding {
  const carrier = sender.spans.find(({ attributes }) => key in attributes) ?? sender.first;
  const many = sender.spans.filter(({ attributes }) => key in attributes).length;
  return findingOf({
    code: 'misplaced-attribute',
    message: `\`${key}\` is on ${many === 1 ? 'a span' : `${many} spans`} of \`${sender.service}\`, such as \`${carrier.name}\`, expected on its resource.`,
    hint: RESOURCE_HINT,
    expected: 'on the resource',
    actual: `on \`${carrier.name}\``,
    ...placeOf(carrier, key, locate),
    times: many,
  });
}

/** Services that lack the same have made the same mistake. */
function explainMissing(lacks: readonly Lack[], { locate }: CheckAids): readonly CheckFinding[] {
  const perSender = [...Map.groupBy(lacks, ({ sender }) => sender)];
  const alike = Map.groupBy(perSender, ([, missing]) => missing.map(({ key }) => `\`${key}\``).join(', '));
  return [...alike].flatMap(([keys, group]) => {
    const [first] = group;
    if (!first) return [];
    const services = group.map(([{ service }]) => `\`${service}\``).join(', ');
    const [sender, [lack]] = first;
    return findingOf({
      code: 'missing-attribute',
      message: `The resource of ${services} lacks ${keys}.`,
      hint: RESOURCE_HINT,
      expected: keys,
      actual: 'nothing',
      ...placeOf(sender.first, lack?.key ?? OWNER, locate),
      times: group.length,
    });
  });
}

function wrongCriticalities(senders: readonly Sender[], aids: CheckAids): readonly CheckFinding[] {
  const wrong = senders.filter((sender) => !LEVELS.includes(attributeOf(sender, CRITICALITY)));
  return wrong.slice(0, 1).map((sender) =>
    explainWrong(sender, CRITICALITY, aids, {
      expected: `one of ${LEVELS.map((level) => `"${level}"`).join(', ')}`,
      hint: 'The semantic conventions list the values, so that services of different teams can be compared. A tier of your own is an annotation, or an attribute of your own name.',
    }),
  );
}

function wrongVersions(senders: readonly Sender[], aids: CheckAids): readonly CheckFinding[] {
  const wrong = senders.filter((sender) => /^(undefined|null|unknown|\$.*)$/i.test(attributeOf(sender, VERSION)));
  return wrong.slice(0, 1).map((sender) =>
    explainWrong(sender, VERSION, aids, {
      expected: 'what was deployed: "4127.0.0"',
      hint: 'package.json says what is deployed. The Procfile is no shell, and puts no variables in; `npm_package_version` is only there below `npm run`.',
    }),
  );
}

function wrongNamespaces(senders: readonly Sender[], aids: CheckAids): readonly CheckFinding[] {
  const [first] = senders;
  const wrong = senders.filter((sender) => first && attributeOf(sender, NAMESPACE) !== attributeOf(first, NAMESPACE));
  return wrong.slice(0, 1).map((sender) =>
    explainWrong(sender, NAMESPACE, aids, {
      expected: `"${first && attributeOf(first, NAMESPACE)}", as on \`${first?.service}\``,
      hint: 'A namespace is what the four have in common: it groups them, and tells this `shop` from another one. Upper and lower case count.',
    }),
  );
}

function explainWrong(
  sender: Sender,
  key: string,
  { locate }: CheckAids,
  { expected, hint }: { readonly expected: string; readonly hint: string },
): CheckFinding {
  const actual = `"${attributeOf(sender, key)}"`;
  return findingOf({
    code: 'wrong-attribute',
    message: `The resource of \`${sender.service}\` has \`${key}\` ${actual}, expected ${expected}.`,
    hint,
    expected,
    actual,
    ...placeOf(sender.first, key, locate),
  });
}

function attributeOf({ first }: Sender, key: string): string {
  return textOf(first.resource.attributes[key]);
}

function placeOf({ service, name, traceId }: Span, key: string, locate: CheckAids['locate']) {
  const shape = anySpan(key, { anchor: 'tracing.ts#new NodeSDK' });
  return { service, span: name, traceId, location: locate({ node: undefined, shape }) };
}

const [NAMESPACE, VERSION, CRITICALITY] = ['service.namespace', 'service.version', 'service.criticality'];
const IDENTITY: readonly string[] = [NAMESPACE, VERSION, CRITICALITY];
const OWNER = OWNER_ATTRIBUTES.name;
/** opentelemetry.io, semantic conventions, "service.criticality". */
const LEVELS = ['critical', 'high', 'medium', 'low'];

const RESOURCE_HINT =
  'The resource describes the process, once for all that it sends: `resource: resourceFromAttributes({ … })` in `new NodeSDK`, or `OTEL_RESOURCE_ATTRIBUTES` in its line of the Procfile.';
