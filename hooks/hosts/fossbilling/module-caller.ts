import type { HostPort } from '../../contract/index.ts';
import { createHttpHostPort, type HttpHostPortOptions } from '../../transport/http-host-port.ts';

/** The calls that our module in the host answers, beside the host's own API or better than it. */
export type SignedCaller = Pick<
  HostPort,
  | 'describe'
  | 'changes.read'
  | 'prices.check'
  | 'prices.publish'
  | 'locks.publish'
  | 'differences.read'
  | 'income.read'
  | 'tickets.list'
  | 'tickets.link'
>;

/**
 * Our module in the host: POST {baseUrl}/reseller/bridge/v1/<call>/, signed. These routes are no API of the host: its
 * limit of calls an hour does not hold for them. The slash at the end is needed: the nginx rules that FOSSBilling
 * recommends refuse every address that ends in "sh", as prices.publish does.
 * @param options `baseUrl` is the host's own address
 */
export function createSignedCaller({ fetch = globalThis.fetch, ...options }: HttpHostPortOptions): SignedCaller {
  return createHttpHostPort({
    ...options,
    baseUrl: `${options.baseUrl.replace(/\/+$/, '')}/reseller`,
    fetch: (url, init) => fetch(`${String(url)}/`, init),
  });
}
