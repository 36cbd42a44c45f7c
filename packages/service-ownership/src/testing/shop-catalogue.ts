/** A Backstage component of type service, as YAML. */
export function componentYaml(name: string, owner: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: ${owner} }`;
}

/** The catalogue files of the sketched shop, in full: its services, their owners, and a document of another format. */
export const SHOP_CATALOGUE = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Shop
  labels: { tier: 1 }
  links: [{ url: 'https://runbooks.example/shop', title: Runbook }]
spec:
  type: service
  lifecycle: production
  owner: storefront
  dependsOn: [component:default/payments, component:warehouse]
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: payments
  annotations:
    a8r.io/runbook: https://runbooks.example/payments
    a8r.io/chat: '#payments'
spec: { type: service, lifecycle: production, owner: payments-team }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: warehouse }
spec:
  type: service
  lifecycle: production
  owner: group:default/storefront
  dependsOn: [resource:stock]
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: storefront, annotations: { a8r.io/chat: '#storefront' } }
spec: { type: team }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: payments-team, annotations: { pagerduty.com/service-id: PD1 } }
spec: { type: team }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: shop }`;
