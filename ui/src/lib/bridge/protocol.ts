/** The messages between a fragment and its host, version 1. The host's side is `hooks/frame/mount.js`. */
export const PROTOCOL = 1;

export interface HostTheme {
  background?: string;
  surface?: string;
  text?: string;
  muted?: string;
  accent?: string;
  danger?: string;
  radius?: string;
  font?: string;
  colorScheme: 'light' | 'dark';
}

export interface SessionToken {
  token: string;
  /** ISO 8601 */
  expiresAt: string;
}

/** Address templates hold `{id}`. */
export interface HostContext {
  host: {
    name: string;
    clientUrl?: string;
    invoiceUrl?: string;
    orderUrl?: string;
    ticketUrl?: string;
    /** The host's page that holds our screens; `{path}` is where in them. For panels. */
    screenUrl?: string;
  };
  provider: { name: string; zone: string; currency: string; contactUrl?: string };
  nav: 'frame' | 'host';
}

export interface InitMessage {
  type: 'init';
  v: number;
  nonce: string;
  token: SessionToken;
  portal: 'admin' | 'client';
  locale: string;
  theme: HostTheme;
  context: HostContext;
  /** The optional messages this host understands. */
  capabilities: string[];
  hostVersion: string;
}

export type ToFrame =
  | { type: 'ack'; id: number; ok: boolean; error?: string }
  | ({ type: 'token.refreshed' } & SessionToken)
  | { type: 'theme.changed'; theme: HostTheme }
  | { type: 'locale.changed'; locale: string }
  | { type: 'context.changed'; context: HostContext }
  /** `replace`: the host's history is there already. */
  | { type: 'route.go'; path: string; replace?: boolean }
  | { type: 'session.ended' };

export type ToHost =
  | { type: 'token.request' }
  | { type: 'resize'; height: number }
  | { type: 'toast'; level: 'info' | 'success' | 'error'; text: string }
  | { type: 'navigate'; to: string; target: '_self' | '_blank' }
  | { type: 'reload' }
  /** `push`: a step of its own, where the host keeps the history (capability `history`). */
  | { type: 'route.changed'; path: string; push?: boolean }
  | { type: 'scroll.to'; y: number }
  | { type: 'dirty'; value: boolean }
  | { type: 'title'; text: string }
  | { type: 'entity.refresh'; entity: string; ref?: string };
