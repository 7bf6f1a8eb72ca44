import type { ServiceContext } from '../../context.ts';
import { loadProfile, putCompany } from '../profile/load.ts';
import { companyFields, type CompanyFields } from '../profile/schemas.ts';
import { type Admission, admitReseller, type HostAccount } from '../reseller/admit.ts';
import type { ResellerRow } from '../reseller/schemas.ts';
import type { FormField } from '../settings/sections/form.ts';
import type { Application } from './entity.ts';
import { formOf } from './form.ts';

/** Makes the applicant a reseller whose company data is what it applied with: nothing is asked twice. */
export async function admitApplicant(
  ctx: ServiceContext,
  application: Application,
  account: HostAccount,
  terms: Omit<Admission, 'company'>,
): Promise<ResellerRow> {
  const row = await admitReseller(ctx, account, { ...terms, company: application.businessName });
  const { fields } = await formOf(ctx.em, application.formVersion);
  putCompany(await loadProfile(ctx.em, row.id), companyData(fields, application), ctx.now);
  await ctx.em.flush();
  return row;
}

/** What the answers say of the company, in the form its profile asks for; what does not fit there stays in the answers. */
function companyData(fields: readonly FormField[], { answers, country }: Application): Partial<CompanyFields> {
  const first = (type: FormField['type']) =>
    fields.find((field) => field.type === type && field.id in answers)?.id ?? '';
  const said = {
    registrationNumber: answers['registrationNumber'],
    taxId: answers['taxId'],
    country,
    phone: answers[first('phone')],
    website: answers[first('url')],
  };
  const fitting = Object.entries(said).filter(
    ([name, value]) => value && companyFields.shape[name as keyof typeof said].safeParse(value).success,
  );
  return Object.fromEntries(fitting);
}
