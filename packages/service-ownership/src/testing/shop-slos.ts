/** Objectives of the sketched shop, as an OpenSLO v1 file: one of each measure, over 30 minutes. */
export const SHOP_SLOS = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: orders-available
  displayName: Orders go through
  labels: { team: storefront }
spec:
  service: shop
  indicatorRef: orders-without-error
  timeWindow: [{ duration: 30m, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.9 }]
---
apiVersion: openslo/v1
kind: SLI
metadata: { name: orders-without-error }
spec:
  ratioMetric:
    counter: true
    good: { metricSource: { type: otel_traces, spec: { operation: POST /orders, status: ok } } }
    total: { metricSource: { type: otel_traces, spec: { operation: POST /orders } } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: orders-quick }
spec:
  service: shop
  indicator:
    metadata: { name: how-long-orders-take }
    spec:
      thresholdMetric: { metricSource: { type: otel_traces, spec: { operation: POST /orders } } }
  timeWindow: [{ duration: 30m, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ op: lte, value: 200, target: 0.75 }]
`;
