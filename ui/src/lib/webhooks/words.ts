import type { Delivery, Webhook } from '#lib/api/contract.ts';
import { formatAge, formatMoment } from '#lib/format/dates.ts';
import { currentLocale, maybe, t } from '#lib/messages/index.svelte.ts';

const moment = (at: string | null): string => (at ? formatMoment(currentLocale(), at) : '');

/** Groups of events that a reseller's endpoint can choose (docs/webhooks.md). */
export const GROUPS = [
  'order',
  'service',
  'invoice',
  'customer',
  'price_change',
  'tier',
  'statement',
  'reseller',
  'key',
] as const;

/** When a day begins where the viewer is, or one that many days later; nothing for no day. */
export function dayBegins(day: string, later = 0): string | undefined {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  const moment = new Date(year, month - 1, date + later);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** "all", "orders, services" */
export const eventsText = (events: readonly string[]): string =>
  events.includes('*')
    ? t('webhooks.allEvents')
    : events.map((name) => maybe(`eventGroup.${name.replace(/\.\*$/, '')}`) ?? name).join(', ');

export function stateOf(endpoint: Webhook): { value: string; data: Record<string, string> } {
  if (endpoint.active)
    return { value: endpoint.failingSince ? 'failing' : 'active', data: { time: moment(endpoint.failingSince) } };
  return { value: endpoint.offReason ? 'disabled' : 'paused', data: {} };
}

/** The state of a delivery as its badge shows it: one that waits after a failed try says when it is tried again. */
export function deliveryState(row: Delivery): { value: string; data: Record<string, string | number> } {
  const value = row.state === 'waiting' ? (row.attempts > 0 ? 'retrying' : 'queued') : row.state;
  return {
    value,
    data: { count: row.attempts, time: row.nextAt ? formatAge(currentLocale(), row.nextAt, Date.now()) : '' },
  };
}

export const verifySnippet = (secret: string): string =>
  `import { Webhook } from 'standardwebhooks';\nconst webhook = new Webhook('${secret}');\nconst event = webhook.verify(body, headers); // throws unless it is ours`;
export const envSnippet = (secret: string): string => `WEBHOOK_SECRET=${secret}`;
