import type { SettingsSection } from '#lib/api/contract.ts';

/** How a setting is typed. `flags` is a set of switches; `days` may be left empty for "without end" where `empty` is on. */
export interface SettingField {
  name: string;
  kind:
    | 'switch'
    | 'text'
    | 'long'
    | 'number'
    | 'duration'
    | 'percent'
    | 'choice'
    | 'flags'
    | 'tier'
    | 'countries'
    | 'notices'
    | 'form'
    | 'automatic'
    | 'replies'
    | 'scopes';
  choices?: readonly string[];
  empty?: boolean;
}

const number = (name: string, empty = false): SettingField => ({ name, kind: 'number', empty });
const flip = (name: string): SettingField => ({ name, kind: 'switch' });

/** What each section shows, in its order. Names are those of the service. */
export const FIELDS: Record<SettingsSection, readonly SettingField[]> = {
  programme: [
    flip('enabled'),
    { name: 'billingZone', kind: 'text', empty: true },
    { name: 'publicText', kind: 'long' },
    { name: 'defaultTierId', kind: 'tier' },
    flip('defaultApiEnabled'),
    flip('showLadder'),
  ],
  applications: [
    flip('open'),
    { name: 'countries', kind: 'countries' },
    number('reapplyDays'),
    number('remindAfterDays'),
    number('expireAfterDays'),
    { name: 'automatic', kind: 'automatic' },
    { name: 'replies', kind: 'replies' },
  ],
  form: [{ name: 'fields', kind: 'form' }],
  prices: [
    { name: 'discountBp', kind: 'percent' },
    { name: 'applyTo', kind: 'flags' },
    flip('capAtRetail'),
    flip('floorLiftsBooks'),
    { name: 'coupons', kind: 'choice', choices: ['refuse', 'allow'] },
    { name: 'quoteHoldsSeconds', kind: 'duration' },
    { name: 'refuseStaleSeconds', kind: 'duration' },
  ],
  api: [
    flip('enabled'),
    { name: 'scopesOffered', kind: 'scopes' },
    number('maxKeys'),
    number('maxLifetimeDays', true),
    flip('allowlistRequired'),
    number('ratePerMinute', true),
    number('burst'),
    number('resellerRatePerMinute', true),
    number('endpointsPerReseller'),
  ],
  notices: [number('priceRiseDays'), { name: 'kinds', kind: 'notices' }],
  retention: [
    number('draftDays', true),
    number('applicationDays', true),
    number('callLogDays'),
    number('deliveryLogDays'),
    number('noticeLogDays'),
  ],
};
export const SECTIONS = Object.keys(FIELDS) as SettingsSection[];
