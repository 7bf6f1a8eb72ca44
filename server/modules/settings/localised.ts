import { z } from 'zod';

/** A language of the screens: "en", "de-AT". */
export const language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'write a language such as "en" or "de-AT"');

/** A short text by language; at least one. */
export const localised = z
  .record(language, z.string().trim().min(1).max(1000))
  .refine((texts) => Object.keys(texts).length > 0, 'enter the text in at least one language');
