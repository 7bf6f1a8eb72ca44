import { z } from 'zod';
import { language } from '../localised.ts';
import { noticeKinds, type NoticeKind } from '../../notice/kinds.ts';

const template = z.strictObject({
  subject: z.string().trim().min(1, 'enter a subject').max(200),
  body: z.string().trim().min(1, 'enter the text').max(10_000),
});

const notice = (kind: NoticeKind) =>
  z
    .strictObject({
      enabled: z.boolean().default(true),
      /** By language; a language without one has the built-in text. */
      templates: z.record(language, template).default({}),
    })
    .superRefine(({ templates }, check) => {
      const known: readonly string[] = noticeKinds[kind];
      for (const [tongue, texts] of Object.entries(templates)) {
        for (const part of ['subject', 'body'] as const) {
          const unknown = placeholders(texts[part]).find((name) => !known.includes(name));
          if (unknown === undefined) continue;
          const message = `{${unknown}} is not known here; use ${known.map((name) => `{${name}}`).join(', ')}`;
          check.addIssue({ code: 'custom', path: ['templates', tongue, part], message });
        }
      }
    });

/** The names in braces of a text: {company}. */
function placeholders(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
}

const kinds = Object.fromEntries(
  (Object.keys(noticeKinds) as NoticeKind[]).map((kind) => [kind, notice(kind).prefault({})]),
) as Record<NoticeKind, z.ZodPrefault<ReturnType<typeof notice>>>;

/** Which mails go out, with the provider's own words where there are some. */
export const noticesSection = z.strictObject({
  /** Days that a price rise is announced ahead (pricing.md rule 20): what a new draft of prices begins with. */
  priceRiseDays: z.int().min(0).max(365).default(30),
  kinds: z.strictObject(kinds).prefault({}),
});
