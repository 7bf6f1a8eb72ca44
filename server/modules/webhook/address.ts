import { isIP } from 'node:net';
import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { isPublicAddress } from '../../platform/private-address.ts';
import type { WebhookSetup } from './setup.ts';

export const endpointUrl = z.url({ protocol: /^https?$/, error: 'write it as https://example.com/hook' }).max(2000);

/** What follows from a name that stands for an address inside a network. */
export class NotPublic extends Error {
  override readonly name = 'NotPublic';
}

/** Host part of a URL, an IPv6 address without its brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/**
 * The addresses behind a name, every one of them on the Internet: one private address among them refuses all, since
 * which one is used is not ours to choose. @throws NotPublic, or what the resolver throws
 */
export async function publicAddresses(host: string, { allowPrivate, resolve }: WebhookSetup): Promise<string[]> {
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  if (!allowPrivate && !addresses.every(isPublicAddress)) throw new NotPublic('The address is not on the Internet.');
  return addresses;
}

/** Refuses what events must not be sent to. @throws bad_input */
export async function checkUrl(url: string, setup: WebhookSetup): Promise<void> {
  const refuse = (why: string) => new ServiceError('bad_input', `/url: ${why}`, '/url');
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && !setup.allowPrivate)
    throw refuse('only https is taken: events hold personal data');
  if (parsed.username || parsed.password) throw refuse('leave out user and password: events are signed');
  if (parsed.hash) throw refuse('leave out what stands behind #: it is never sent');
  try {
    const addresses = await publicAddresses(hostOf(parsed), setup);
    if (addresses.length === 0) throw new Error('no address');
  } catch (error) {
    if (error instanceof NotPublic)
      throw refuse('this is a private, loopback or reserved address; use one that is reached over the Internet');
    throw refuse(`the name ${hostOf(parsed)} is not known in DNS; check it, or try again when it is`);
  }
}
