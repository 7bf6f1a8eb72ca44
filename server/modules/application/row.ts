import type { FormField } from '../settings/sections/form.ts';
import type { Application } from './entity.ts';

/** An application as its applicant sees it: nothing of the team's, not even who decided. */
export function ownRow(application: Application, fields: FormField[]) {
  const { id, status, version, formVersion, answers, answered, asked, taxIdCheck, request, decision } = application;
  return {
    id,
    status,
    version,
    form: { version: formVersion, fields },
    answers,
    completeness: { answered, asked },
    taxIdCheck,
    submittedAt: application.submittedAt?.toISOString() ?? null,
    waitingSince: application.waitingSince.toISOString(),
    request: request ?? null,
    decidedAt: application.decidedAt?.toISOString() ?? null,
    decisionMessage: decision?.message ?? null,
    reapplyAt: application.reapplyAt?.toISOString() ?? null,
  };
}

/** An application as reviewers see it. */
export function reviewRow(application: Application) {
  const { id, hostClientId, status, version, businessName, country, answered, asked, taxIdCheck } = application;
  const { assignedTo, assignedName, decision, resellerId, lastChange } = application;
  return {
    id,
    version,
    status,
    businessName,
    applicant: { name: application.applicantName, email: application.applicantEmail, hostClientId },
    country: country ?? null,
    completeness: { answered, asked },
    taxIdCheck,
    assignedTo: assignedTo ? { id: assignedTo, name: assignedName ?? assignedTo } : null,
    submittedAt: application.submittedAt?.toISOString() ?? null,
    waitingSince: application.waitingSince.toISOString(),
    decidedAt: application.decidedAt?.toISOString() ?? null,
    decision: decision ?? null,
    reapplyAt: application.reapplyAt?.toISOString() ?? null,
    resellerId: resellerId ?? null,
    lastChange,
  };
}
export type ReviewRow = ReturnType<typeof reviewRow>;
