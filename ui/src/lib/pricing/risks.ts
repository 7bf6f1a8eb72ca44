import type { PricePreview } from '#lib/api/contract.ts';
import { t } from '#lib/messages/index.svelte.ts';
import { percent } from '#lib/words.ts';

type Risk = NonNullable<PricePreview['summary']>['risks'][number];

/** Which limit is passed, and by how much. */
export const riskText = ({ code, limitBp, actualBp, count }: Risk): string =>
  t(`risk.${code}`, { count, limit: percent(limitBp ?? 0), actual: percent(actualBp ?? 0) });
