import { ServiceError } from '../../errors.ts';
import { type NoticeKind, noticeKinds } from './kinds.ts';
import type { Template } from './templates.ts';

/** What a notice says in the places of its names; a name without a value says a dash. */
export type Facts = Record<string, string | null>;

/**
 * The text with its names filled in. Values are put in as they are, once: a value that holds braces is never read as a
 * name. Notices are plain text, so nothing in a value can be markup; a subject is one line. @throws bad_input for a name
 * that this kind of notice does not have
 */
export function renderNotice(kind: NoticeKind, template: Template, facts: Facts): Template {
  const names: readonly string[] = noticeKinds[kind];
  const fill = (text: string) =>
    text.replaceAll(/\{([^{}]*)\}/g, (_all, name: string) => {
      if (!names.includes(name)) {
        const known = names.map((each) => `{${each}}`).join(', ');
        throw new ServiceError('bad_input', `{${name}} is not known here; use ${known}.`);
      }
      return facts[name] || '–';
    });
  return { subject: fill(template.subject).replaceAll(/\s+/g, ' ').trim().slice(0, 250), body: fill(template.body) };
}
