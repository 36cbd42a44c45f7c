/** The shop's four services, by `service.name`: whose owners this stage asks for. */
export const SERVICES: readonly string[] = ['shop', 'warehouse', 'payments', 'worker'];
