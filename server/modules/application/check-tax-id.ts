import { z } from 'zod';
import { verb } from '../../verb.ts';
import { countryCode } from '../settings/sections/applications.ts';
import { checkTaxId } from './tax-id.ts';

/** Whether a number has the form and check digits of its country's tax numbers; asks nobody, tells nothing of anybody. */
export const checkTaxNumber = verb({
  procedure: 'application.checkTaxId',
  // Applicants, resellers and admins fill in the same field.
  permission: null,
  mode: 'read',
  input: z.object({ country: countryCode, value: z.string().max(60) }),
  run: async (_ctx, { country, value }) => checkTaxId(country, value),
});
