import type { CallRequest, CallResponse } from '../../contract/index.ts';
import { readClientPage } from './client-pages.ts';
import type { FossbillingHost } from './host.ts';
import { orderRow } from './order-row.ts';
import { rowsPerPage, withAddons } from './row-groups.ts';
import { viewService } from './service-view.ts';

/** services.list over the API. A page holds more than was asked for where products have add-ons. */
export async function listServices(
  host: FossbillingHost,
  request: CallRequest<'services.list'>,
): Promise<CallResponse<'services.list'>> {
  const list = { method: 'order/get_list', entry: orderRow };
  const limit = await rowsPerPage(host, request.limit);
  const { entries, cursor } = await readClientPage(host.api, list, { ...request, limit });
  const rows = await withAddons(host, entries);
  return { services: await Promise.all(rows.map((noted) => viewService(host, noted))), cursor };
}
