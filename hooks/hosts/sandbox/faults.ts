import { z } from 'zod';
import { readSetting, writeSetting, type Host } from './host.ts';

const callName = z.string().max(60).nullable();
/**
 * Ways in which this host misbehaves on request, so that the plugin can be tried against them. failNext refuses the next
 * call of that name before anything happened, failAfter once its effect is stored. hooksOff and nativeCheckoutBroken are
 * only reported: they stand for what the doctor is to find in other hosts.
 */
export const faults = z.object({
  uniqueReferences: z.boolean(),
  delayMs: z.int().min(0).max(60_000),
  failNext: callName,
  failAfter: callName,
  hooksOff: z.boolean(),
  nativeCheckoutBroken: z.boolean(),
});
export type Faults = z.infer<typeof faults>;
const calls = { uniqueReferences: true, delayMs: 0, failNext: null, failAfter: null };
const none: Faults = { ...calls, hooksOff: false, nativeCheckoutBroken: false };

export function readFaults({ db }: Host): Faults {
  return { ...none, ...(JSON.parse(readSetting(db, 'faults') ?? '{}') as Partial<Faults>) };
}

export function writeFaults(host: Host, change: { [Name in keyof Faults]?: Faults[Name] | undefined }): Faults {
  writeSetting(host.db, 'faults', JSON.stringify({ ...readFaults(host), ...change }));
  return readFaults(host);
}
