/** What every part of the host works with: its state, documents, events, money, days and refusals. */
export * from './bridge/emit.ts';
export * from './calendar.ts';
export * from './documents.ts';
export * from './host.ts';
export * from './money.ts';
export * from './refusal.ts';
