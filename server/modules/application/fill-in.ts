import type { Application } from './entity.ts';
import { keysOf } from './keys.ts';
import { completeness, countryOf } from './read-answers.ts';
import type { Answers } from './schemas.ts';
import { checkTaxId } from './tax-id.ts';
import type { FormField } from '../settings/sections/form.ts';

/** Takes over answers, and what lists and the search for like applications need of them. */
export function fillIn(
  application: Application,
  form: { version: number; fields: readonly FormField[] },
  answers: Answers,
  client: { country: string | null; name: string; company: string | null },
): void {
  const text = (id: string) => (typeof answers[id] === 'string' ? answers[id] : '');
  const ofType = (type: FormField['type']) =>
    form.fields.filter((field) => field.type === type).map(({ id }) => text(id));
  application.formVersion = form.version;
  application.answers = answers;
  // The name may be optional: then the host's stands for it.
  application.businessName = text('businessName') || client.company || client.name;
  application.country = countryOf(form.fields, answers, client.country);
  Object.assign(application, completeness(form.fields, answers));
  application.taxIdCheck = checkTaxId(application.country, text('taxId')).check;
  Object.assign(
    application,
    keysOf({
      company: application.businessName,
      taxId: text('taxId'),
      registrationNumber: text('registrationNumber'),
      phone: ofType('phone').find(Boolean) ?? '',
      addresses: [application.applicantEmail, ...ofType('url').filter(Boolean)],
    }),
  );
}
