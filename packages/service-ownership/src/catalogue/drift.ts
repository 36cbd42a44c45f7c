import type { Entity, EntityRef } from '../read/entity.ts';

/** One difference between what is declared and what was seen: a code and its facts. `explain/` makes the sentence. */
export type Drift =
  /** Nobody owns it: no entity and no resource says who. */
  | { readonly code: 'no-owner'; readonly service: string; readonly entity: Entity | undefined }
  /** Entities, or the resource, name different owners. */
  | {
      readonly code: 'two-owners';
      readonly service: string;
      readonly owners: readonly NamedOwner[];
      /** Those of them that are no group and no user of the catalogue. */
      readonly unknown: readonly string[];
      readonly entity: Entity | undefined;
    }
  /** The owner is no group and no user of the catalogue. */
  | {
      readonly code: 'unknown-owner';
      readonly service: string;
      readonly owner: string;
      readonly from: string;
      readonly known: readonly string[];
      readonly entity: Entity | undefined;
    }
  /** It sends spans, and no file declares it. */
  | { readonly code: 'undeclared-service'; readonly service: string; readonly owner: string }
  /** It calls what its `dependsOn` does not list. */
  | {
      readonly code: 'undeclared-dependency';
      readonly service: string;
      readonly entity: Entity;
      readonly on: SeenDependency;
    }
  /** It is declared, and sends no span. */
  | { readonly code: 'never-seen'; readonly service: string; readonly entity: Entity }
  /** Both were seen, but never this call; `isReversed` if the other way round. */
  | {
      readonly code: 'contradicted-dependency';
      readonly service: string;
      readonly entity: Entity;
      readonly on: EntityRef;
      readonly isReversed: boolean;
    };

export interface NamedOwner {
  readonly owner: string;
  /** The file that says so, or `service.owner.name`. */
  readonly from: string;
}

export interface SeenDependency {
  readonly kind: 'component' | 'resource';
  readonly name: string;
  readonly calls: number;
}
