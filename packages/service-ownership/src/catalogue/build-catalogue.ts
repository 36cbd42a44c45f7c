import type { Entity } from '../read/entity.ts';
import type { Engine } from '../store/engine.ts';
import { type Catalogue, joinCatalogue } from './catalogue.ts';
import { seeServices } from './see-services.ts';

/** The catalogue of all spans in `otel_traces`, joined with the entities of the catalogue's files. */
export async function buildCatalogue(engine: Engine, entities: readonly Entity[]): Promise<Catalogue> {
  return joinCatalogue(await seeServices(engine), entities);
}
