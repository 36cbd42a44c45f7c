import type { LaidOutSpans } from './lay-out-spans.ts';

/** The value of an attribute that tells the changed traces from the others. */
export interface SeparatingValue {
  /** Whose spans or resource carry it; not always the suspect. */
  readonly service: string;
  readonly key: string;
  readonly value: string;
  /** How well it tells them apart, 1 if without a mistake: the phi coefficient. */
  readonly strength: number;
  /** Traces that have the value, and how many of them are changed; then those that lack it. */
  readonly before: Tally;
  readonly after: Tally;
  readonly othersBefore: Tally;
  readonly othersAfter: Tally;
}

export interface Tally {
  readonly traces: number;
  readonly changed: number;
}

/** For each marked suspect the value that best tells its changed traces from the others, if one does. */
export async function findSeparatingValues(
  spans: LaidOutSpans,
  marked: string,
  services: readonly string[],
): Promise<readonly (SeparatingValue | undefined)[]> {
  const totals = await spans.engine.query<Counts>(totalsSql(marked));
  const values = await spans.engine.query<ValueRow>(valuesSql(spans, marked));
  return services.map((service, suspect) => {
    const total = totals.find((row) => row.Suspect === suspect);
    return (
      total &&
      best(
        values.filter((row) => row.Suspect === suspect),
        total,
        service,
      )
    );
  });
}

interface Counts {
  readonly Suspect: number;
  readonly Before: number;
  readonly BeforeHit: number;
  readonly After: number;
  readonly AfterHit: number;
}

interface ValueRow extends Counts {
  readonly ServiceName: string;
  readonly Key: string;
  readonly Value: string;
}

const COUNTS = `sum(1 - Side) AS "Before", sum((1 - Side) * Hit) AS "BeforeHit", sum(Side) AS "After", sum(Side * Hit) AS "AfterHit"`;

function totalsSql(marked: string): string {
  return `SELECT Suspect, ${COUNTS} FROM ${marked} GROUP BY Suspect`;
}

/** A flag's name and variant are two attributes that mean something only together. */
function valuesSql({ engine, trace }: LaidOutSpans, marked: string): string {
  const { words } = engine;
  const flag = words.attribute('SpanAttributes', 'feature_flag.key');
  return `WITH near AS (
      SELECT ${trace} AS Trace, ServiceName, ResourceAttributes, SpanAttributes FROM otel_traces
      WHERE ${trace} IN (SELECT Trace FROM ${marked})
    ), pairs AS (
      SELECT Trace, ServiceName, ${words.pairs('ResourceAttributes')} FROM near
      UNION ALL SELECT Trace, ServiceName, ${words.pairs('SpanAttributes')} FROM near
      UNION ALL SELECT Trace, ServiceName, concat('feature_flag.', ${flag}) AS Key,
        ${words.attribute('SpanAttributes', 'feature_flag.result.variant')} AS Value FROM near WHERE ${flag} <> ''
    ), found AS (SELECT DISTINCT Trace, ServiceName, Key, Value FROM pairs)
    SELECT Suspect, ServiceName, Key, Value, ${COUNTS}
    FROM found AS f JOIN ${marked} AS m ON f.Trace = m.Trace
    GROUP BY Suspect, ServiceName, Key, Value HAVING sum(Hit) >= ${FEWEST}
    ORDER BY Suspect, ServiceName, Key, Value`;
}

function best(rows: readonly ValueRow[], total: Counts, service: string): SeparatingValue | undefined {
  const strongest = rows
    .filter(({ Key }) => !OUTCOME.test(Key))
    .map((row) => ({ row, ...strengthOf(row, total) }))
    .filter(({ strength, of }) => strength >= WEAKEST && strength ** 2 * of > leastChiSquare(rows.length))
    .sort((a, b) => nearness(b.row, service) - nearness(a.row, service) || b.strength - a.strength);
  const most = Math.max(...strongest.map(({ strength }) => strength));
  // Many attributes may say the same; of those that say it about as well, the one that somebody decided on says why.
  const found = strongest.find(({ strength }) => strength >= most - ALIKE);
  return found && toValue(found.row, found.strength, total);
}

/** How well the value tells changed from unchanged traces, of so many: in both sets, or in the later one if it is better there. */
function strengthOf(row: Counts, total: Counts): { readonly strength: number; readonly of: number } {
  const both = total.Before + total.After;
  const inBoth = phi(row.Before + row.After, row.BeforeHit + row.AfterHit, both, total.BeforeHit + total.AfterHit);
  const inLater = phi(row.After, row.AfterHit, total.After, total.AfterHit);
  return inBoth >= inLater ? { strength: inBoth, of: both } : { strength: inLater, of: total.After };
}

/** The phi coefficient of "has the value" and "is changed", from -1 to 1; 0 if all or none have it. */
function phi(having: number, havingHit: number, all: number, allHit: number): number {
  const product = having * (all - having) * allHit * (all - allHit);
  return product === 0 ? 0 : (havingHit * all - having * allHit) / Math.sqrt(product);
}

/** So much chi square (the square of phi, times the traces) chance alone reaches with the best of so many values once in a hundred times. */
function leastChiSquare(values: number): number {
  return 2 * Math.log(values / 0.01);
}

/** What was deployed or decided, before what merely runs there; the suspect's own before what others carry. */
function nearness({ Key, ServiceName }: ValueRow, service: string): number {
  return (IDENTITY.test(Key) ? 0 : DECIDED.test(Key) ? 4 : 2) + (ServiceName === service ? 1 : 0);
}

function toValue(row: ValueRow, strength: number, total: Counts): SeparatingValue {
  return {
    service: row.ServiceName,
    key: row.Key,
    value: row.Value,
    strength: Math.round(strength * 1000) / 1000,
    before: { traces: row.Before, changed: row.BeforeHit },
    after: { traces: row.After, changed: row.AfterHit },
    othersBefore: { traces: total.Before - row.Before, changed: total.BeforeHit - row.BeforeHit },
    othersAfter: { traces: total.After - row.After, changed: total.AfterHit - row.AfterHit },
  };
}

/** A value that fewer changed traces have says nothing. */
const FEWEST = 3;
const WEAKEST = 0.3;
const ALIKE = 0.05;
/** Attributes that say how it ended: they follow from the change. */
const OUTCOME = /^(error\.|exception\.|otel\.status|.*\bstatus_code$|.*\.response\.)/;
/** Attributes that say which one it was: they differ between any two sets. */
const IDENTITY =
  /(\.id|\.pid|\.port|\.uid|_id|^host\.|^process\.|^thread\.|^k8s\.pod\.|^container\.|^service\.instance\.)/;
const DECIDED = /^(service\.version$|deployment\.|vcs\.|feature_flag\.)/;
