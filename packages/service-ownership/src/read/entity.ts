import { type Fields, fieldsOf } from './fields.ts';
import type { YamlDocument } from './read-documents.ts';

/** An entity of a Backstage catalogue, as far as ownership asks for it. */
export interface Entity {
  readonly kind: string;
  /** Lower case, as references are compared. */
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly links: readonly EntityLink[];
  /** `service`, `website`, `library`, `database`… */
  readonly type: string | undefined;
  readonly lifecycle: string | undefined;
  readonly system: string | undefined;
  /** Its kind, if the file says none, is a group. */
  readonly owner: EntityRef | undefined;
  readonly dependsOn: readonly EntityRef[];
  readonly file: string;
  readonly line: number;
}

export interface EntityLink {
  readonly url: string;
  readonly title: string | undefined;
  readonly type: string | undefined;
}

/** `[kind:][namespace/]name`, in lower case, and where it stands. */
export interface EntityRef {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Of its file, from 1. */
  readonly line: number;
}

/** The Backstage entities among documents; documents of other formats are left out. Throws `MalformedInput`. */
export function parseEntities(documents: readonly YamlDocument[]): readonly Entity[] {
  return documents.filter(isBackstage).map(parseEntity);
}

function isBackstage({ value }: YamlDocument): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'apiVersion' in value &&
    /^backstage\.io\//.test(`${value.apiVersion}`)
  );
}

/** Source of the fields: backstage.io, "Descriptor Format of Catalog Entities". */
function parseEntity(document: YamlDocument): Entity {
  const fields = fieldsOf(document);
  const metadata = fields.below('metadata');
  const spec = fields.below('spec');
  const owner = spec.text('owner');
  return {
    kind: fields.required('kind'),
    name: metadata.required('name').toLowerCase(),
    title: metadata.text('title'),
    description: metadata.text('description'),
    annotations: metadata.record('annotations'),
    labels: metadata.record('labels'),
    links: metadata.list('links').map(parseLink),
    type: spec.text('type'),
    lifecycle: spec.text('lifecycle'),
    system: spec.text('system'),
    owner: owner ? { ...parseRef(owner, 'group', spec, 'owner'), line: spec.lineOf('owner') } : undefined,
    dependsOn: spec.texts('dependsOn').map((ref, place) => ({
      ...parseRef(ref, 'component', spec, 'dependsOn'),
      line: spec.lineOf('dependsOn', place),
    })),
    file: document.file,
    line: document.line,
  };
}

function parseLink(link: Fields): EntityLink {
  return { url: link.required('url'), title: link.text('title'), type: link.text('type') };
}

function parseRef(text: string, kind: string, fields: Fields, key: string): Omit<EntityRef, 'line'> {
  const match = /^(?:([\w.-]+):)?(?:([\w.-]+)\/)?([\w.-]+)$/.exec(text.trim().toLowerCase());
  const name = match?.[3];
  if (name === undefined) throw fields.wrong(key, `"${text}" is no reference; expected [kind:][namespace/]name.`);
  return { kind: match?.[1] ?? kind, namespace: match?.[2] ?? 'default', name };
}
