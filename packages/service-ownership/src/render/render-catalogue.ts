import type { Catalogue, CatalogueService } from '../catalogue/catalogue.ts';
import { duration, percent } from '../explain/phrases.ts';
import { indent, renderTable } from './table.ts';

/** The catalogue as a table of services, and one of their operations. */
export function renderCatalogue({ services }: Catalogue, { width }: { readonly width: number }): string {
  const columns = Math.max(width, 60) - 2;
  const shown = operationRows(services);
  return indent([
    ...renderTable(['service', 'owner', 'tier', 'version', 'calls'], services.map(serviceRow), columns),
    '',
    ...renderTable(['operation', 'service', 'calls', 'errors', 'p50', 'p99'], shown.slice(0, MOST), columns),
    ...(shown.length > MOST ? [`… and ${shown.length - MOST} more: --json has all`] : []),
    '',
  ]);
}

function serviceRow({ name, owner, tier, seen }: CatalogueService): readonly string[] {
  const calls = [
    ...(seen?.callees ?? []).map(({ service }) => service),
    ...(seen?.databases ?? []).map((one) => one.name),
  ];
  return [name, owner ?? 'nobody', tier ?? '', versionsOf(seen), seen ? calls.join(', ') : 'never seen'];
}

function versionsOf(seen: CatalogueService['seen']): string {
  return (seen?.versions ?? []).map(({ version }) => version).join(' → ');
}

function operationRows(services: readonly CatalogueService[]): readonly (readonly string[])[] {
  return services.flatMap(({ name, seen }) =>
    (seen?.operations ?? []).map((operation) => [
      operation.name,
      name,
      operation.calls.toLocaleString('en'),
      percent(operation.errors / operation.calls),
      duration(operation.p50Ms),
      duration(operation.p99Ms),
    ]),
  );
}

const MOST = 40;
