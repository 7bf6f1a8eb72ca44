import type { ApplicationStatus } from './schemas.ts';

/** What can be done with an application: from which states, to which, and how it is told afterwards. One table for all. */
export const gates = {
  submit: { from: ['draft'], to: 'submitted', told: 'sent' },
  ask: { from: ['submitted', 'answered'], to: 'info_requested', told: 'asked for information on' },
  answer: { from: ['info_requested'], to: 'answered', told: 'answered the request on' },
  approve: { from: ['submitted', 'info_requested', 'answered'], to: 'approved', told: 'approved' },
  reject: { from: ['submitted', 'info_requested', 'answered'], to: 'rejected', told: 'rejected' },
  withdraw: { from: ['submitted', 'info_requested', 'answered'], to: 'withdrawn', told: 'withdrew' },
  expire: { from: ['info_requested'], to: 'expired', told: 'closed, for want of an answer,' },
} as const satisfies Record<string, { from: readonly ApplicationStatus[]; to: ApplicationStatus; told: string }>;
export type ApplicationStep = keyof typeof gates;

/** States in which a client has an application under way, with the draft. */
export const openStatuses = ['draft', 'submitted', 'info_requested', 'answered'] as const;
