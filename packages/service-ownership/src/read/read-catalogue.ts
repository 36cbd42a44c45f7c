import { type Entity, parseEntities } from './entity.ts';
import { readDocuments } from './read-documents.ts';

/** Reads the Backstage entities of a `catalog-info.yaml`, or of all YAML files below a folder. Throws `MalformedInput`. */
export async function readCatalogue(path: string, shown = path): Promise<readonly Entity[]> {
  return parseEntities(await readDocuments(path, shown));
}
