import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { keepFindings, readFindings } from './findings.ts';

/**
 * Lets the doctor look at the whole installation, or at one thing, and keeps what it found. Changes nothing else; the host
 * is told to fetch its price lists, as it does by itself.
 * @throws bad_input for a check that there is not
 */
export const examineHealth = verb({
  procedure: 'health.examine',
  permission: 'settings:read',
  mode: 'steps',
  input: z.object({
    /** One check alone; left out, all of them. */
    check: z.string().max(60).optional(),
  }),
  run: async ({ em, doctor, now }, { check }) => {
    if (check !== undefined && !doctor.ids.includes(check)) {
      throw new ServiceError('bad_input', `There is no check "${check}". Take one of the list.`, '/check');
    }
    const found = await doctor.look(now, check === undefined ? undefined : [check]);
    await keepFindings(em, now, found);
    return { checks: await readFindings(em, doctor.ids) };
  },
});
