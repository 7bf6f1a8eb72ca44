import { HostError, type HostPort } from '../contract/index.ts';
import { hostPortOf } from './run-call.ts';

/** A host that can do only what the test gives it. */
export function partialHostPort(parts: Partial<HostPort>): HostPort {
  const rest = hostPortOf(async (name) => {
    throw new HostError('not_supported', `This host has no ${name}.`);
  });
  return { ...rest, ...parts };
}
