import type { HostPort } from '../../contract/index.ts';
import { createHttpHostPort, type HttpHostPortOptions } from '../../transport/http-host-port.ts';

/** The calls that our module in the host answers, beside the host's own API. */
export type SignedCaller = Pick<
  HostPort,
  'describe' | 'changes.read' | 'differences.read' | 'prices.check' | 'prices.publish' | 'locks.publish'
>;

/**
 * Our module in the host: POST {baseUrl}/reseller/bridge/v1/<call>, signed. These routes are no API of the host: its
 * limit of calls an hour does not hold for them.
 * @param options `baseUrl` is the host's own address
 */
export function createSignedCaller(options: HttpHostPortOptions): SignedCaller {
  return createHttpHostPort({ ...options, baseUrl: `${options.baseUrl.replace(/\/+$/, '')}/reseller` });
}
