import { stringify } from 'yaml';
import type { Catalogue, CatalogueService } from './catalogue.ts';

/** A file of the catalogue that somebody is to complete. */
export interface MissingEntry {
  readonly fileName: string;
  readonly text: string;
}

/** What the catalogue lacks, from the spans: a component for each service that no file declares, one file each. */
export function missingEntries({ services }: Catalogue): readonly MissingEntry[] {
  return services
    .filter(({ declarations }) => declarations.length === 0)
    .map((service) => ({ fileName: `${slug(service.name)}.catalog-info.yaml`, text: writeEntry(service) }));
}

function writeEntry({ name, owner, system, seen }: CatalogueService): string {
  const dependsOn = [
    ...(seen?.callees ?? []).map(({ service }) => `component:default/${slug(service)}`),
    ...(seen?.databases ?? []).map((database) => `resource:default/${slug(database.name)}`),
  ];
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: slug(name), description: '', annotations: { 'a8r.io/runbook': '', 'a8r.io/chat': '' } },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: owner ?? '',
      ...(system === undefined ? {} : { system }),
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    },
  };
  return `${HEAD}${stringify(entity)}`;
}

function slug(name: string): string {
  return name.toLowerCase().replace(/[^\w.-]+/g, '-');
}

const HEAD = `# Written from the spans of this service. What is empty only people know: the owner, what it is for, its runbook and chat.
`;
