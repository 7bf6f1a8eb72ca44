import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { verb } from '../../verb.ts';
import { findResellerRows } from './find-rows.ts';
import { catchUp } from '../figures/catch-up.ts';

/** One reseller with its figures. @throws not_found */
export const getReseller = verb({
  procedure: 'resellers.get',
  permission: 'resellers:read',
  mode: 'read',
  input: z.object({ id: z.string().max(60) }),
  run: async ({ em }, { id }) => {
    await catchUp(em);
    const [row] = await findResellerRows(em, { where: 'r.id = ?', parameters: [id] });
    if (!row) throw new ServiceError('not_found', 'There is no reseller with this id.');
    return row;
  },
});
