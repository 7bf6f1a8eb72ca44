import { PROTOCOL, type InitMessage, type ToFrame, type ToHost } from './protocol.ts';

const ACK_WITHIN = 10_000;
const KNOCK_EVERY = 500;

/** The origin that may frame us, as the service wrote it into the shell. Null when the shell was opened by itself. */
export function parentOrigin(): string | null {
  const value = document.querySelector<HTMLMetaElement>('meta[name="reseller-parent-origin"]')?.content ?? '';
  return window.parent !== window && URL.canParse(value) ? new URL(value).origin : null;
}

/** Knocks at the exact parent origin until it answers with `init` and a port. */
export function shakeHands(origin: string): Promise<{ init: InitMessage; channel: Channel }> {
  const nonce = crypto.randomUUID();
  return new Promise((resolve) => {
    const knock = (): void => window.parent.postMessage({ type: 'ready', v: PROTOCOL, nonce }, origin);
    const timer = setInterval(knock, KNOCK_EVERY);
    const hear = (event: MessageEvent<InitMessage>): void => {
      const port = event.ports[0];
      if (event.source !== window.parent || event.origin !== origin || !port) return;
      if (event.data.type !== 'init' || event.data.v !== PROTOCOL || event.data.nonce !== nonce) return;
      clearInterval(timer);
      window.removeEventListener('message', hear);
      resolve({ init: event.data, channel: new Channel(port) });
    };
    window.addEventListener('message', hear);
    knock();
  });
}

type Handlers = { [T in ToFrame['type']]?: (message: Extract<ToFrame, { type: T }>) => void };

/** Messages over the port. Requests wait for their acknowledgement, notes do not. */
export class Channel {
  #port: MessagePort;
  #last = 0;
  #waiting = new Map<number, (error: string | null) => void>();
  handlers: Handlers = {};

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = (event: MessageEvent<ToFrame>) => this.#hear(event.data);
  }

  #hear(message: ToFrame): void {
    if (message.type === 'ack') {
      this.#waiting.get(message.id)?.(message.ok ? null : (message.error ?? 'failed'));
      return;
    }
    const handler = this.handlers[message.type] as ((message: ToFrame) => void) | undefined;
    handler?.(message);
  }

  note(message: ToHost): void {
    this.#port.postMessage(message);
  }

  request(message: ToHost): Promise<void> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle('no_answer'), ACK_WITHIN);
      const settle = (error: string | null): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        if (error === null) resolve();
        else reject(new Error(error));
      };
      this.#waiting.set(id, settle);
      this.#port.postMessage({ ...message, id });
    });
  }
}
