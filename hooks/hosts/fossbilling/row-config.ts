import { HostError, type PricedLine } from '../../contract/index.ts';
import type { Sold } from './shop.ts';

/**
 * The configuration of a row as the host's product types read it: the domain to register or transfer, the domain of a
 * hosting account, or a host name.
 * @throws HostError refused when the line lacks what the host needs.
 */
export function rowConfig(line: PricedLine, { product, tld }: Sold): Record<string, unknown> {
  const domain = line.domain?.trim().toLowerCase();
  if (tld) return domainConfig(line, domain, tld.tld ?? '');
  if (domain === undefined || domain === '') return {};
  if (product.type !== 'hosting') return { hostname: domain };
  const [sld, rest] = cutAtDot(domain);
  return { domain: { action: 'owndomain', owndomain_sld: sld, owndomain_tld: rest } };
}

function domainConfig(line: PricedLine, domain: string | undefined, tld: string): Record<string, unknown> {
  const { action = 'register', term, quantity } = line;
  if (action === 'renew') throw new HostError('refused', 'The host renews domains by itself.');
  if (domain === undefined || domain === '') throw new HostError('refused', 'Say which domain it is to be.');
  if (quantity !== 1) throw new HostError('refused', 'A domain is ordered once per line.');
  const sld = domain.endsWith(tld) ? domain.slice(0, -tld.length) : domain;
  if (action === 'register') {
    return { action, register_sld: sld, register_tld: tld, register_years: Number.parseInt(term, 10) || 1 };
  }
  const code = line.options['transfer_code'];
  return {
    action,
    transfer_sld: sld,
    transfer_tld: tld,
    ...(typeof code === 'string' ? { transfer_code: code } : {}),
  };
}

function cutAtDot(domain: string): [string, string] {
  const at = domain.indexOf('.');
  if (at < 1 || at === domain.length - 1) throw new HostError('refused', `"${domain}" is not a whole domain name.`);
  return [domain.slice(0, at), domain.slice(at)];
}
