import type { SessionToken } from './protocol.ts';

const LEAST_WAIT = 15_000;
const MOST_WAIT = 240_000;

/** Keeps the session token, in memory only, and renews it at 80 % of its life. */
export class TokenKeeper {
  #token: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> | null = null;
  #ask: () => Promise<void>;

  constructor(first: SessionToken, ask: () => Promise<void>) {
    this.#token = first.token;
    this.#ask = ask;
    this.#plan(first);
  }

  get current(): string {
    return this.#token;
  }

  take(fresh: SessionToken): void {
    this.#token = fresh.token;
    this.#plan(fresh);
  }

  /** One question at a time, however many calls were refused together. */
  renew(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #plan(token: SessionToken): void {
    clearTimeout(this.#timer);
    const left = Date.parse(token.expiresAt) - Date.now();
    const wait = Math.min(MOST_WAIT, Math.max(LEAST_WAIT, left * 0.8));
    this.#timer = setTimeout(() => void this.renew().catch(() => undefined), wait);
  }
}
