import { z } from 'zod';
import { ACCEPTED_MAJORS } from '../../../hooks/contract/index.ts';
import { PairingError } from './errors.ts';

/** What a host's module sends to pair: POST /hooks/v1/pair. */
export const pairingRequest = z.object({
  /** As the module normalised it: its text is the key of the proofs. */
  code: z.string().min(1).max(40),
  nonce: z.string().regex(/^[0-9a-f]{32}$/, 'write 32 hexadecimal digits'),
  host: z.object({ kind: z.string().max(40), version: z.string().max(40), url: z.url().max(500) }),
  module: z.object({ version: z.string().max(40) }),
  contracts: z.array(z.string().max(20)).min(1).max(20),
});
export type PairingRequest = z.infer<typeof pairingRequest>;

/** The host this service is set up for. */
export interface ExpectedHost {
  kind: string;
  url: string;
}

/** The major version both ends speak, newest first. @throws PairingError naming both */
export function commonContract({ contracts }: PairingRequest): string {
  const theirs = new Set(contracts.map((version) => version.split('.')[0]));
  const common = ACCEPTED_MAJORS.find((major) => theirs.has(major));
  if (common !== undefined) return common;
  throw new PairingError(
    'no_common_contract',
    `The module speaks version ${contracts.join(', ')} of the contract, the service ${ACCEPTED_MAJORS.join(', ')}. Update the older one.`,
  );
}

/** @throws PairingError other_host naming both addresses */
export function requireSameHost({ host }: PairingRequest, expected: ExpectedHost): void {
  if (host.kind !== expected.kind) {
    throw new PairingError(
      'other_host',
      `This host is a ${host.kind}, but the service is set up for ${expected.kind} (RESELLER_HOST).`,
    );
  }
  if (normalised(host.url) === normalised(expected.url)) return;
  throw new PairingError(
    'other_host',
    `This host calls itself ${host.url}, but the service is set up for ${expected.url}. Set RESELLER_HOST_URL to the host's own address and start the service again.`,
  );
}

function normalised(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/+$/, '');
}
