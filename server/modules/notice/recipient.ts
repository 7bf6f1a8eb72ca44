import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { Event } from './facts.ts';
import { type Language, noticeLanguage } from './templates.ts';

export interface Recipient {
  resellerId: string | null;
  hostClientId: string | null;
  email: string;
  company: string;
  language: Language;
}

const applicant = z.object({
  email: z.email(),
  company: z.string(),
  hostClientId: z.string(),
  language: z.string().nullish(),
});

/** Whom an event is told to: its reseller, or the applicant it names. Null when there is nobody. */
export async function recipientOf(em: EntityManager, event: Event): Promise<Recipient | null> {
  if (event.reseller_id !== null) return readReseller(em, event.reseller_id);
  const named = applicant.safeParse(event.payload);
  if (!named.success) return null;
  const { email, company, hostClientId, language } = named.data;
  return { resellerId: null, hostClientId, email, company, language: noticeLanguage(language) };
}

async function readReseller(em: EntityManager, id: string): Promise<Recipient | null> {
  const [there] = await em.execute<{ profile: boolean }[]>(
    `select to_regclass('reseller_profile') is not null as profile`,
  );
  const [row] = await em.execute<{ email: string; company: string; host_client_id: string; language: string | null }[]>(
    there?.profile
      ? `select r.email, r.company, r.host_client_id, p.language
           from reseller r left join reseller_profile p on p.reseller_id = r.id where r.id = ? and r.anonymised_at is null`
      : 'select email, company, host_client_id, null as language from reseller where id = ?',
    [id],
  );
  if (!row) return null;
  return {
    resellerId: id,
    hostClientId: row.host_client_id,
    email: row.email,
    company: row.company,
    language: noticeLanguage(row.language),
  };
}
