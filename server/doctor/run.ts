import { HostError } from '../../hooks/contract/index.ts';
import type { Check, Finding } from './check.ts';
import { fail, skip } from './check.ts';
import { checks } from './checks/index.ts';
import { type DoctorSetup, type Examination, examine, examineFromInside, type Place } from './examine.ts';

/** What the doctor found. `ok` is false when a check failed; warnings leave it true. */
export interface DoctorReport {
  host: { kind: string; url: string };
  service: string;
  checkedAt: string;
  ok: boolean;
  checks: ({ id: string } & Finding)[];
}

/** Looks at everything an installation needs, and says of each thing that is wrong how to mend it. Changes nothing. */
export async function runDoctor(setup: DoctorSetup): Promise<DoctorReport> {
  const examination = await examine(setup);
  try {
    const { place, serviceUrl, now } = examination;
    const found = await judgeAll(checks, examination);
    return {
      host: { kind: place.host, url: place.hostUrl },
      service: serviceUrl ?? '',
      checkedAt: now.toISOString(),
      ok: found.every(({ status }) => status !== 'fail'),
      checks: found,
    };
  } finally {
    await examination.orm.close(true);
  }
}

/** The doctor of a running service. */
export interface Doctor {
  place: Place;
  /** Of all checks, in the order in which they are mended. */
  ids: readonly string[];
  /** Looks at everything, or at these alone. */
  look(now: Date, only?: readonly string[]): Promise<DoctorReport['checks']>;
}

export function createDoctor(own: Omit<Parameters<typeof examineFromInside>[0], 'now'>): Doctor {
  return {
    place: own.place,
    ids: checks.map(({ id }) => id),
    look: async (now, only) =>
      judgeAll(
        checks.filter(({ id }) => only?.includes(id) ?? true),
        await examineFromInside({ ...own, now }),
      ),
  };
}

async function judgeAll(those: readonly Check[], examination: Examination): Promise<DoctorReport['checks']> {
  const found: DoctorReport['checks'] = [];
  for (const check of those) found.push({ id: check.id, ...(await judge(check, examination)) });
  return found;
}

async function judge({ needs, look }: Check, examination: Examination): Promise<Finding> {
  const { pending, installation, about } = examination;
  if (needs.includes('database') && pending?.length !== 0) return skip('The database is not in order.');
  if (needs.includes('pairing') && !installation?.ready) return skip('The host is not paired.');
  if (needs.includes('bridge') && (about === null || about instanceof HostError)) {
    return skip('The bridge in the host does not answer.');
  }
  try {
    return await look(examination);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return error instanceof HostError
      ? fail(`The host answered: ${words}`, 'See what the host logs at this moment, and the checks above.')
      : fail(`This could not be looked at: ${words}`, 'Report it with this text.');
  }
}
