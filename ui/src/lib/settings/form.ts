/** A question of the application form, as far as the builder changes it; the rest is carried along. */
export interface Question {
  id: string;
  type: string;
  label: Record<string, string>;
  required: boolean;
  options?: { id: string; label: Record<string, string> }[];
  /** Stands below the question, by language. */
  hint?: Record<string, string>;
  /** Asked only when a question above it has this answer. */
  showIf?: { field: string; equals: string };
  [other: string]: unknown;
}

export const TYPES = [
  'text',
  'long_text',
  'number',
  'choice',
  'multiple_choice',
  'country',
  'tax_id',
  'url',
  'phone',
  'consent',
] as const;

/** Fields that every form has: they cannot be removed, and their kind stays. */
export const CORE = new Set(['businessName', 'registrationNumber', 'taxId', 'description']);

export function moved(fields: readonly Question[], from: number, step: -1 | 1): Question[] {
  const to = from + step;
  const [field, other] = [fields[from], fields[to]];
  if (!field || !other) return [...fields];
  return fields.with(from, other).with(to, field);
}

/** A new question with an id that none has. */
export function added(fields: readonly Question[], language: string, label: string): Question[] {
  let number = fields.length + 1;
  while (fields.some(({ id }) => id === `question${number}`)) number += 1;
  return [...fields, { id: `question${number}`, type: 'text', label: { [language]: label }, required: false }];
}

/** Another kind of answer. Choices need options; only they have any. */
export function ofType(field: Question, type: string, language: string, option: string): Question {
  const { id, label, required, hint, help, showIf } = field;
  const common = Object.fromEntries(Object.entries({ hint, help, showIf }).filter(([, value]) => value !== undefined));
  const options = type.endsWith('choice')
    ? { options: field.options ?? [{ id: 'option1', label: { [language]: option } }] }
    : {};
  return { ...common, id, type, label, required, ...options };
}

/** With another hint in a language; none when it is empty. */
export function hinted(field: Question, language: string, text: string): Question {
  const { hint: old = {}, ...others } = field;
  const { [language]: _gone, ...kept } = old;
  const hint = text.trim() === '' ? kept : { ...kept, [language]: text.trim() };
  return Object.keys(hint).length === 0 ? (others as Question) : { ...(others as Question), hint };
}

/** Asked always, or only after one answer to a question above: its option, or "true" for a consent that was given. */
export function askedIf(field: Question, condition: Question['showIf'] | null): Question {
  const { showIf: _old, ...others } = field;
  return condition ? { ...(others as Question), showIf: condition } : (others as Question);
}

/** Answers above a question that it may hang on. */
export function conditionsAbove(fields: readonly Question[], index: number): { field: Question; equals: string }[] {
  return fields.slice(0, index).flatMap((field) => {
    if (field.type === 'consent') return [{ field, equals: 'true' }];
    return (field.options ?? []).map(({ id }) => ({ field, equals: id }));
  });
}
