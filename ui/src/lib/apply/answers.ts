import type { ApplicationAnswers, ApplicationField } from '#lib/api/contract.ts';
import type { Problem } from '#lib/api/errors.ts';

export type Answer = ApplicationAnswers[string];

/** Fields that are asked, given the answers so far: one may depend on another above it. */
export function shownFields(fields: readonly ApplicationField[], answers: ApplicationAnswers): ApplicationField[] {
  return fields.filter(({ showIf }) => {
    if (!showIf) return true;
    const given = answers[showIf.field];
    return Array.isArray(given) ? given.includes(showIf.equals) : String(given ?? '') === showIf.equals;
  });
}

/** The field that a refusal is about, with the server's sentence; null when it is about something else. */
export function fieldProblem(problem: Problem | null): { field: string; text: string } | null {
  const found = /^\/answers\/(\w+): (.+)$/s.exec(problem?.message ?? '');
  return found ? { field: found[1] ?? '', text: found[2] ?? '' } : null;
}

/** What a form begins with: the draft, else what the host knows of the client. */
export function firstAnswers(
  fields: readonly ApplicationField[],
  known: { businessName: string; country: string | null } | null,
): ApplicationAnswers {
  const answers: ApplicationAnswers = {};
  if (known?.businessName) answers['businessName'] = known.businessName;
  const country = fields.find(({ type }) => type === 'country');
  if (country && known?.country) answers[country.id] = known.country;
  return answers;
}

/** Whether an answer is in the form's text when nothing was entered. */
export const isEmpty = (answer: Answer | undefined): boolean =>
  answer === undefined ||
  answer === null ||
  answer === '' ||
  answer === false ||
  (Array.isArray(answer) && answer.length === 0);
