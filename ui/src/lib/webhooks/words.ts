import type { Delivery, Webhook, WebhookRow } from '#lib/api/contract.ts';
import { formatAge, formatMoment } from '#lib/format/dates.ts';
import { currentLocale, maybe, t } from '#lib/messages/index.svelte.ts';
import { share } from '#lib/words.ts';

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

/** "98.0 %" of what was tried in a day; nothing was: "–". */
export const successOf = ({ health: { tried, arrived } }: WebhookRow): string =>
  tried === 0 ? '–' : share(Math.round((arrived * 10_000) / tried));
/** "49 of 50" */
export const arrivedOf = ({ health: { tried, arrived } }: WebhookRow): string =>
  t('webhooks.arrivedOf', { arrived, tried });
/** "80 ms": so long 95 of 100 attempts take at most. */
export const p95Of = ({ health: { p95Milliseconds: ms } }: WebhookRow): string =>
  ms === null ? '–' : t('webhooks.took', { ms });

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
