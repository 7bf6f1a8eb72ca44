import type { PriceVersionRow } from '#lib/api/contract.ts';
import { formatMoment } from '#lib/format/dates.ts';
import { currentLocale, t } from '#lib/messages/index.svelte.ts';

/** What a version does to running services, with the date where they move on one. */
export const runningChoice = ({ running, servicesFrom }: Pick<PriceVersionRow, 'running' | 'servicesFrom'>): string =>
  running === 'on_date' && servicesFrom
    ? t('version.movedOn', { date: formatMoment(currentLocale(), servicesFrom) })
    : t(`version.running_${running}`);
