import type { Span } from 'trace-shapes';
import { type Sketch, sketchSpans } from './sketch-spans.ts';

/** An order of a small shop: shop → warehouse → its database, then shop → payments; two versions of payments. */
export function sketchOrder(paymentsVersion: string, { failing = false } = {}): Sketch {
  const status = failing ? 'error' : 'unset';
  const payments = {
    'service.version': paymentsVersion,
    'service.owner.name': 'payments-team',
    'service.criticality': 'critical',
  };
  return {
    name: 'POST /orders',
    service: 'shop',
    at: [0, 100],
    status,
    children: [
      {
        name: 'POST',
        service: 'shop',
        kind: 'client',
        at: [5, 30],
        children: [
          {
            name: 'POST /reservations',
            service: 'warehouse',
            at: [6, 28],
            children: [
              {
                name: 'UPDATE stock',
                service: 'warehouse',
                kind: 'client',
                at: [8, 20],
                attributes: { 'db.system.name': 'postgresql', 'db.namespace': 'Stock' },
              },
            ],
          },
        ],
      },
      {
        name: 'POST',
        service: 'shop',
        kind: 'client',
        at: [40, 50],
        status,
        children: [{ name: 'POST /charges', service: 'payments', at: [41, 48], status, resource: payments }],
      },
      { name: 'price basket', service: 'shop', kind: 'internal', at: [36, 3] },
    ],
  };
}

/** Three orders, a second apart, of which the last fails in a new version of payments. */
export function sketchOrders(): readonly Span[] {
  return sketchSpans(
    [0, sketchOrder('1.0.0')],
    [1000, sketchOrder('1.0.0')],
    [2000, sketchOrder('1.1.0', { failing: true })],
  );
}
