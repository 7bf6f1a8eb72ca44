import { ServiceError } from '../../errors.ts';
import type { FormField } from '../settings/sections/form.ts';
import { countryCode } from '../settings/sections/applications.ts';
import type { Answers } from './schemas.ts';
import { checkTaxId } from './tax-id.ts';

type Raw = Record<string, string | number | boolean | string[] | null>;

/**
 * Answers in the form their fields ask for; blank ones are left out. `complete` also wants every required field that is
 * shown and a tax ID that passes its country's check.
 * @throws bad_input with /answers/<field> and what to do
 */
export function readAnswers(
  fields: readonly FormField[],
  raw: Raw,
  options: { complete: boolean; country: string | null },
): Answers {
  const unknown = Object.keys(raw).find((id) => !fields.some((field) => field.id === id));
  if (unknown !== undefined) refuse(unknown, 'this question is not in the form; load the form again');
  const answers: Answers = {};
  for (const field of fields) {
    if (!isShown(field, answers)) continue;
    const value = raw[field.id] ?? null;
    if (isBlank(value)) {
      if (options.complete && field.required) refuse(field.id, 'answer this question');
      continue;
    }
    answers[field.id] = readOne(field, value!, options.complete);
  }
  if (options.complete) requireTaxIds(fields, answers, options.country);
  return answers;
}

/** Whether a field is asked, given the answers above it. */
export function isShown(field: FormField, answers: Answers): boolean {
  if (!field.showIf) return true;
  const given = answers[field.showIf.field];
  return Array.isArray(given) ? given.includes(field.showIf.equals) : String(given ?? '') === field.showIf.equals;
}

/** The country an application is from: what it says, else what the host says. */
export function countryOf(fields: readonly FormField[], answers: Answers, hosts: string | null): string | null {
  const field = fields.find(({ type, id }) => type === 'country' && typeof answers[id] === 'string');
  const country = field ? String(answers[field.id]) : (hosts ?? '').toUpperCase();
  return country === '' ? null : country;
}

/** How many of the questions that are shown have an answer. */
export function completeness(fields: readonly FormField[], answers: Answers) {
  const shown = fields.filter((field) => isShown(field, answers));
  return { asked: shown.length, answered: shown.filter(({ id }) => id in answers).length };
}

function requireTaxIds(fields: readonly FormField[], answers: Answers, hosts: string | null): void {
  const country = countryOf(fields, answers, hosts);
  for (const field of fields) {
    const value = answers[field.id];
    if (field.type !== 'tax_id' || !field.strict || typeof value !== 'string') continue;
    const { check, expected } = checkTaxId(country, value);
    if (check === 'wrong')
      refuse(field.id, `this is no tax number of ${country}; enter your ${expected.join(' or ')} as it is written`);
  }
}

function isBlank(value: Raw[string]): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}

/** While somebody is typing (not `complete`), texts are taken as they are: half an address is no mistake yet. */
function readOne(field: FormField, value: NonNullable<Raw[string]>, complete: boolean): Answers[string] {
  switch (field.type) {
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return refuse(field.id, 'enter a number');
      if (!complete) return value;
      if (field.min !== undefined && value < field.min) return refuse(field.id, `enter ${field.min} or more`);
      if (field.max !== undefined && value > field.max) return refuse(field.id, `enter ${field.max} or less`);
      return value;
    }
    case 'consent':
      return value === true ? true : refuse(field.id, 'tick the box, or leave it empty');
    case 'choice': {
      const chosen = field.options.find(({ id }) => id === value);
      return chosen ? chosen.id : refuse(field.id, 'choose one of the options');
    }
    case 'multiple_choice': {
      const chosen = Array.isArray(value) ? value : refuse(field.id, 'choose from the options');
      const known = chosen.every((id) => field.options.some((option) => option.id === id));
      return known ? [...new Set(chosen)] : refuse(field.id, 'choose from the options');
    }
    default:
      return readText(field, value, complete);
  }
}

/** Longest answer of a field in characters. */
const LIMITS = { text: 300, long_text: 10_000, country: 2, tax_id: 60, url: 500, phone: 40 } as const;

function readText(
  field: FormField & { type: keyof typeof LIMITS },
  value: NonNullable<Raw[string]>,
  complete: boolean,
): string {
  if (typeof value !== 'string') return refuse(field.id, 'enter a text');
  const text = value.trim();
  if (text.length > LIMITS[field.type]) return refuse(field.id, `use at most ${LIMITS[field.type]} characters`);
  if (!complete) return text;
  if (field.type === 'country' && !countryCode.safeParse(text).success) return refuse(field.id, 'choose a country');
  if (field.type === 'url' && !isWebAddress(text))
    return refuse(field.id, 'enter a web address such as https://example.com');
  if (field.type === 'phone' && !/^\+?[\d\s()./-]{6,}$/.test(text))
    return refuse(field.id, 'enter a telephone number such as +49 30 123456');
  return text;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).hostname.includes('.');
}

function refuse(field: string, what: string): never {
  const path = `/answers/${field}`;
  throw new ServiceError('bad_input', `${path}: ${what}`, path);
}
