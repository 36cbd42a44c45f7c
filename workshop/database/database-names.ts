/** What every template's name begins with. */
export const templatePrefix = 'untangle_template_';

/** A new name for a run's database; its owner's key lets others see when nobody needs it any more. */
export function nextRunName(ownerKey: number): string {
  return `untangle_run_${ownerKey}_${++lastRun}`;
}

/** The name under which an owner makes a template before it is whole. */
export function draftName(ownerKey: number): string {
  return `untangle_draft_${ownerKey}_0`;
}

/** The owner's key in a name of this module's making; undefined for any other database. */
export function ownerKeyOf(name: string): number | undefined {
  const key = /^untangle_(?:run|draft)_(\d+)_\d+$/.exec(name)?.[1];
  return key === undefined ? undefined : Number(key);
}

let lastRun = 0;
