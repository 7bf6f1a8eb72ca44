import { z } from 'zod';
import { verb } from '../../verb.ts';
import { findLike } from './find-matches.ts';
import { keysOf } from './keys.ts';
import { matchLevels } from './schemas.ts';

const text = z.string().trim().max(300).default('');

/** Applications and resellers like a company that is about to be created by hand, each with the reasons. */
export const findLikeCompanies = verb({
  procedure: 'applications.findLike',
  permission: 'applications:read',
  mode: 'read',
  input: z.object({
    /** The client it is for: its own earlier applications are named as such. */
    hostClientId: z.string().max(120).default(''),
    company: text,
    taxId: text,
    registrationNumber: text,
    phone: text,
    email: text,
    website: text,
  }),
  run: async (ctx, { hostClientId, email, website, ...about }) => {
    const found = await findLike(ctx, {
      hostClientId,
      ...keysOf({ ...about, addresses: [email, website].filter(Boolean) }),
    });
    const rows = new Map<string, Omit<(typeof found)[number], 'reason'> & { reasons: object[] }>();
    for (const { reason, ...other } of found) {
      const row = rows.get(other.id) ?? { ...other, reasons: [] };
      row.reasons.push({ reason, level: matchLevels[reason] });
      rows.set(other.id, row);
    }
    return { rows: [...rows.values()] };
  },
});
