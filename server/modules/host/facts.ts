import type { CallResponse, Capability, HostPort } from '../../../hooks/contract/index.ts';
import { ServiceError } from '../../errors.ts';

type Facts = CallResponse<'describe'>;

const KEPT_MS = 300_000;
const kept = new WeakMap<HostPort, { at: number; facts: Promise<Facts> }>();

/** What the host says of itself, kept for five minutes: it changes with updates of the host only. @throws HostError */
export function hostFacts(host: HostPort): Promise<Facts> {
  const known = kept.get(host);
  if (known && Date.now() - known.at < KEPT_MS) return known.facts;
  const facts = host.describe({});
  kept.set(host, { at: Date.now(), facts });
  facts.catch(() => kept.delete(host));
  return facts;
}

/** Links into the host, relative to it, for a screen that is shown without them while the host cannot be reached. */
export async function hostLinks(host: HostPort) {
  const urls = await hostFacts(host).then(
    (facts) => facts.urls,
    () => null,
  );
  return (kind: keyof Facts['urls'], id: string | null | undefined): string | null => {
    const template = urls?.[kind];
    return template && id ? template.replaceAll('{id}', encodeURIComponent(id)) : null;
  };
}

/** @throws host_refused with what to do instead, HostError */
export async function requireCapability(host: HostPort, capability: Capability, instead: string): Promise<void> {
  const { capabilities } = await hostFacts(host);
  if (!capabilities.includes(capability)) throw new ServiceError('host_refused', instead);
}
