/** One alert, as Alertmanager's webhooks have it (prometheus.io, "webhook_config", version 4). */
export interface Alert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly startsAt: string;
  /** RFC 3339; year 1 while it fires. */
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

/** The body of a webhook. */
export interface WebhookBody {
  readonly version: '4';
  readonly groupKey: string;
  readonly truncatedAlerts: 0;
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly commonLabels: Readonly<Record<string, string>>;
  readonly commonAnnotations: Readonly<Record<string, string>>;
  readonly externalURL: string;
  readonly alerts: readonly Alert[];
}

/** An alert in a body of its own: its owner is the receiver, its fingerprint the group. */
export function toWebhook(alert: Alert): WebhookBody {
  return {
    version: '4',
    groupKey: `{}:{fingerprint="${alert.fingerprint}"}`,
    truncatedAlerts: 0,
    status: alert.status,
    receiver: alert.labels.owner ?? 'nobody',
    groupLabels: { alertname: alert.labels.alertname ?? '' },
    commonLabels: alert.labels,
    commonAnnotations: alert.annotations,
    externalURL: '',
    alerts: [alert],
  };
}

/** The alert that a firing one becomes when it is over. */
export function resolve(alert: Alert, endMs: number): Alert {
  return { ...alert, status: 'resolved', endsAt: new Date(endMs).toISOString() };
}

/** `endsAt` of what still fires: Go's zero time, as Alertmanager sends it. */
export const NOT_ENDED = '0001-01-01T00:00:00Z';
