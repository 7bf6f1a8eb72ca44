import { z } from 'zod';

/** Most events in one delivery. */
export const MAX_EVENTS_PER_DELIVERY = 100;

/**
 * A delivery of events: POST /hooks/v1/events. Each event is parsed by itself with `hostEvent`, so that one that does
 * not fit is parked alone and the others are applied.
 */
export const intakeRequest = z.object({
  events: z
    .array(z.looseObject({ id: z.string().min(8).max(80) }))
    .min(1)
    .max(MAX_EVENTS_PER_DELIVERY),
});

/**
 * What became of one event.
 * applied: its effect is stored. duplicate: it was known already. stale: a state older than the known one, dropped.
 * parked: it cannot be applied; the plugin keeps it and shows it, sending it again changes nothing.
 */
export const intakeOutcome = z.enum(['applied', 'duplicate', 'stale', 'parked']);
export type IntakeOutcome = z.infer<typeof intakeOutcome>;

/** The outcome of one event, with a reason in words when it was parked. */
export const intakeResult = z.object({
  id: z.string().min(8).max(80),
  outcome: intakeOutcome,
  message: z.string().max(300).optional(),
});
export type IntakeResult = z.infer<typeof intakeResult>;

/** The answer to a delivery. An event without a result was not taken: it is sent again. */
export const intakeAnswer = z.object({ results: z.array(intakeResult).max(MAX_EVENTS_PER_DELIVERY) });
export type IntakeAnswer = z.infer<typeof intakeAnswer>;
