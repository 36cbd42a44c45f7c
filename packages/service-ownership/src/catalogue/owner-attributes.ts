/**
 * The resource attributes that name an owner. The semantic conventions have none yet: these are the proposed names
 * (open-telemetry/semantic-conventions#3101), and the only place that knows them.
 */
export const OWNER_ATTRIBUTES = { name: 'service.owner.name', contact: 'service.owner.contact' } as const;
