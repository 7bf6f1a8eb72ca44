/** What every part of the host works with: its state, documents, events, money, days and refusals. */
export * from './documents.ts';
export * from './host.ts';
