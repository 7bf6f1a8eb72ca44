import { defineEntity, p, PrimaryKeyProp } from '@mikro-orm/core';
import type { ChangedBy } from '../settings/entity.ts';
import type { ClientFacts } from './facts.ts';
import type { ApplicationStep } from './gates.ts';
import type { Answers, ApplicationStatus, MatchReason, TaxIdCheck } from './schemas.ts';

/** What was asked of the applicant. */
export interface InformationRequest {
  /** Fields that may be corrected; empty = only a reply. */
  fields: string[];
  message: string;
  at: string;
  expiresAt: string;
}

/** How it was decided, and by whom. `reason` is for the team; the applicant sees `message`. */
export interface Decision {
  by: ChangedBy;
  automatic: boolean;
  reason: string | null;
  message: string | null;
  terms: { tierId: string; ownDiscountBp: number | null } | null;
}

export const ApplicationSchema = defineEntity({
  name: 'Application',
  tableName: 'application',
  properties: {
    id: p.string().primary(),
    hostClientId: p.string(),
    applicantName: p.string(),
    applicantEmail: p.string(),
    status: p.string().$type<ApplicationStatus>(),
    /** The version of the form it answers. */
    formVersion: p.integer(),
    answers: p.json<Answers>(),
    businessName: p.string(),
    country: p.string().nullable(),
    answered: p.integer(),
    asked: p.integer(),
    taxIdCheck: p.string().$type<TaxIdCheck>(),
    taxKey: p.string().nullable(),
    registrationKey: p.string().nullable(),
    phoneKey: p.string().nullable(),
    nameKey: p.string().nullable(),
    domainKeys: p.array(),
    facts: p.json<ClientFacts>().nullable(),
    request: p.json<InformationRequest>().nullable(),
    assignedTo: p.string().nullable(),
    assignedName: p.string().nullable(),
    decision: p.json<Decision>().nullable(),
    resellerId: p.string().nullable(),
    lastChange: p.json<{ step: ApplicationStep | 'draft' | 'assign'; by: ChangedBy; at: string }>(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    submittedAt: p.datetime().nullable(),
    waitingSince: p.datetime(),
    remindedAt: p.datetime().nullable(),
    decidedAt: p.datetime().nullable(),
    reapplyAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/** A client's wish to become a reseller. */
export class Application extends ApplicationSchema.class {}
ApplicationSchema.setClass(Application);

export const ApplicationSubmissionSchema = defineEntity({
  name: 'ApplicationSubmission',
  tableName: 'application_submission',
  properties: {
    applicationId: p.string().primary(),
    number: p.integer().primary(),
    at: p.datetime(),
    answers: p.json<Answers>(),
  },
});
/** The answers as they were sent: first, and after each request. */
export class ApplicationSubmission extends ApplicationSubmissionSchema.class {
  declare [PrimaryKeyProp]?: ['applicationId', 'number'];
}
ApplicationSubmissionSchema.setClass(ApplicationSubmission);

export const ApplicationMessageSchema = defineEntity({
  name: 'ApplicationMessage',
  tableName: 'application_message',
  properties: {
    id: p.string().primary(),
    applicationId: p.string(),
    at: p.datetime(),
    /** A note is for the team only. */
    kind: p.string().$type<'message' | 'note'>(),
    author: p.json<ChangedBy>(),
    body: p.text(),
  },
});
/** One entry of an application's thread. */
export class ApplicationMessage extends ApplicationMessageSchema.class {}
ApplicationMessageSchema.setClass(ApplicationMessage);

export const ApplicationMatchSchema = defineEntity({
  name: 'ApplicationMatch',
  tableName: 'application_match',
  properties: {
    applicationId: p.string().primary(),
    otherType: p.string().$type<'application' | 'reseller'>().primary(),
    otherId: p.string().primary(),
    reason: p.string().$type<MatchReason>().primary(),
    foundAt: p.datetime(),
    dismissedBy: p.json<ChangedBy>().nullable(),
    dismissedAt: p.datetime().nullable(),
  },
});
/** Why an application looks like another record. */
export class ApplicationMatch extends ApplicationMatchSchema.class {
  declare [PrimaryKeyProp]?: ['applicationId', 'otherType', 'otherId', 'reason'];
}
ApplicationMatchSchema.setClass(ApplicationMatch);
