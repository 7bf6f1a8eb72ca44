import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { NoticeKind } from './kinds.ts';
import { builtIn, type Language, type Template } from './templates.ts';

const stored = z.object({
  enabled: z.boolean().default(true),
  templates: z.record(z.string(), z.object({ subject: z.string(), body: z.string() })).default({}),
});

/** The switch and the provider's own texts of a kind, from the section "notices" of the settings; on by default. */
async function readSettings(em: EntityManager, kind: NoticeKind): Promise<z.infer<typeof stored>> {
  const [there] = await em.execute<{ settings: boolean }[]>(`select to_regclass('settings') is not null as settings`);
  if (!there?.settings) return stored.parse({});
  const [row] = await em.execute<{ kind: unknown }[]>(
    `select "values" -> 'kinds' -> ? as kind from settings where section = 'notices'`,
    [kind],
  );
  return stored.parse(row?.kind ?? {});
}

/** Whether notices of this kind are sent at all. */
export async function noticeEnabled(em: EntityManager, kind: NoticeKind): Promise<boolean> {
  return (await readSettings(em, kind)).enabled;
}

/** The provider's own text in a language, else the built-in one. */
export async function noticeTemplate(em: EntityManager, kind: NoticeKind, language: Language): Promise<Template> {
  return (await readSettings(em, kind)).templates[language] ?? builtIn[language][kind];
}
