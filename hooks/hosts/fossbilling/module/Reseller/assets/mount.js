// @ts-check
/**
 * The host's side of a fragment: makes the iframe, shakes hands, hands over tokens, theme and context, and does what the
 * fragment asks for. Plain browser module, no build, no dependency: `<script type="module" src="…/mount.js"></script>`.
 *
 *     <div data-reseller-frame data-portal="client" data-src="https://plugin.example/ui/portal/" data-path="/orders"
 *          data-route-base="/portal/reseller" data-token-url="/reseller/token" data-title="Reseller"
 *          data-context='{"host":{"name":"Shop"},"provider":{"name":"Shop","zone":"Europe/Berlin","currency":"EUR"},"nav":"frame"}'></div>
 *
 * `data-panel`: a panel inside a page of the host instead of a page of its own. It is as high as what it has to say, and
 * gone (and marked `data-empty`) when it has nothing to say; its links lead to `screenUrl` of the context, with the path for `{path}`.
 *
 * Optional: `data-locale`, `data-navigate-origins` (space separated), `data-host-version`, `data-csrf-cookie` (name of a
 * cookie that pages may read; its value goes with every request for a token as `x-csrf-token`).
 * Events on the element, for hosts that do it their own way: `reseller:toast` (cancel it to show your own),
 * `reseller:title`, `reseller:refresh`. Send `reseller:go` with `{ path }` to move the fragment.
 *
 * @typedef {{ id?: number, type: string, [field: string]: unknown }} Message
 * @typedef {{ token: string, expiresAt: string }} Token
 */
const PROTOCOL = 1;
const READY_WITHIN = 8000;
const HEIGHT = { least: 120, most: 5000 };
/** Of a panel until it says how high it is. */
const PANEL_HEIGHT = 120;
const THEME = ['background', 'surface', 'text', 'muted', 'accent', 'danger', 'radius', 'font'];
const CAPABILITIES = ['dirty', 'title', 'entity.refresh', 'scroll.to', 'reload'];
/** Where the page keeps the view in its address: it makes the entries in the browser's history, the fragment none. */
const HISTORY = 'history';
const WORDS = {
  en: ['This area did not answer.', 'Try again', 'Your session has ended.', 'Reload page'],
  de: ['Dieser Bereich antwortet nicht.', 'Erneut versuchen', 'Ihre Sitzung ist beendet.', 'Seite neu laden'],
};
const TOAST =
  'position:fixed;inset-inline-end:16px;bottom:16px;z-index:10000;max-width:min(420px,calc(100vw - 32px));' +
  'padding:10px 14px;border-radius:8px;background:#161b22;color:#fff;font:14px/20px system-ui,sans-serif';

class SessionEnded extends Error {}

/** Colours, radius and font the host page declares as `--host-*`, and the scheme it is drawn in. */
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  /** @type {Record<string, string>} */
  const theme = {};
  for (const name of THEME) {
    const value = style.getPropertyValue(`--host-${name}`).trim();
    if (value) theme[name] = value.slice(0, 200);
  }
  const declared = `${style.getPropertyValue('--host-color-scheme')} ${style.colorScheme}`;
  const dark = /dark/.test(declared) && (!/light/.test(declared) || matchMedia('(prefers-color-scheme: dark)').matches);
  return { ...theme, colorScheme: dark ? 'dark' : 'light' };
}

/** A path below the fragment's base, or its start. @param {unknown} path */
const innerPath = (path) => (typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/');

class ResellerFrame {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.base = new URL(element.dataset['src'] ?? '', location.href);
    if (!this.base.pathname.endsWith('/')) this.base.pathname += '/';
    this.locale = element.dataset['locale'] || document.documentElement.lang || 'en';
    /** @type {MessagePort | null} */
    this.port = null;
    this.nonce = '';
    this.dirty = false;
    this.sentTheme = '';
    this.ownTitle = document.title;
    this.gone = new AbortController();
    this.listen();
    this.load(this.firstPath());
  }

  isPanel() {
    return this.element.dataset['panel'] !== undefined;
  }

  /** Where to begin: the host's own address wins, so that a reload restores the view. */
  firstPath() {
    const { routeBase, path } = this.element.dataset;
    if (routeBase && location.pathname.startsWith(`${routeBase}/`)) {
      return innerPath(location.pathname.slice(routeBase.length) + location.search);
    }
    return innerPath(path) + (routeBase && !path?.includes('?') ? location.search : '');
  }

  /** @param {string} path */
  load(path) {
    this.path = path;
    const frame = document.createElement('iframe');
    frame.title = this.element.dataset['title'] || 'Reseller programme';
    frame.allow = 'clipboard-write';
    frame.setAttribute('sandbox', 'allow-scripts allow-forms allow-same-origin allow-popups allow-downloads');
    frame.style.cssText = `display:block;width:100%;border:0;height:${this.isPanel() ? PANEL_HEIGHT : 480}px;color-scheme:${readTheme().colorScheme}`;
    const address = new URL(`.${path}`, this.base);
    frame.src = (address.pathname.startsWith(this.base.pathname) ? address : this.base).href;
    this.frame = frame;
    this.nonce = '';
    this.element.replaceChildren(frame);
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.panel(false), READY_WITHIN);
  }

  listen() {
    const { signal } = this.gone;
    addEventListener('message', (event) => this.onReady(event), { signal });
    addEventListener('beforeunload', (event) => this.dirty && event.preventDefault(), { signal });
    const go = (/** @type {Event} */ event) => this.go(/** @type {CustomEvent} */ (event).detail?.path);
    this.element.addEventListener('reseller:go', go, { signal });
    addEventListener('popstate', () => this.onHistory(), { signal });
    const again = () => requestAnimationFrame(() => this.sendTheme());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again, { signal });
    const observer = new MutationObserver(again);
    const attributes = { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-bs-theme'] };
    observer.observe(document.documentElement, attributes);
    observer.observe(document.body, attributes);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  /** @param {MessageEvent} event */
  async onReady(event) {
    const window = this.frame?.contentWindow;
    if (!window || event.source !== window || event.origin !== this.base.origin) return;
    const { type, v, nonce } = event.data ?? {};
    if (type !== 'ready' || v !== PROTOCOL || typeof nonce !== 'string' || nonce === this.nonce) return;
    this.nonce = nonce;
    this.dirty = false;
    clearTimeout(this.patience);
    try {
      const token = await this.mint();
      const channel = new MessageChannel();
      this.port?.close();
      this.port = channel.port1;
      this.port.onmessage = ({ data }) => void this.onMessage(data);
      const theme = readTheme();
      this.sentTheme = JSON.stringify(theme);
      const { portal, hostVersion = '' } = this.element.dataset;
      const context = JSON.parse(this.element.dataset['context'] || '{}');
      const init = {
        type: 'init',
        v: PROTOCOL,
        nonce,
        token,
        portal,
        locale: this.locale,
        theme,
        context,
        capabilities: this.element.dataset['routeBase'] ? [...CAPABILITIES, HISTORY] : CAPABILITIES,
        hostVersion,
      };
      window.postMessage(init, this.base.origin, [channel.port2]);
    } catch (error) {
      this.panel(error instanceof SessionEnded);
    }
  }

  /** Asks the host for a fresh session token. @returns {Promise<Token>} */
  async mint() {
    const response = await fetch(this.element.dataset['tokenUrl'] ?? '', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'reseller-frame', ...this.csrf() },
      body: JSON.stringify({ portal: this.element.dataset['portal'] }),
    });
    if (response.status === 401 || response.status === 403) throw new SessionEnded('session_ended');
    if (!response.ok) throw new Error('token_unavailable');
    return response.json();
  }

  /** Read anew each time: the host may have renewed its session. @returns {Record<string, string>} */
  csrf() {
    const { csrfCookie } = this.element.dataset;
    const found = document.cookie.split('; ').find((cookie) => csrfCookie && cookie.startsWith(`${csrfCookie}=`));
    return found ? { 'x-csrf-token': decodeURIComponent(found.slice(found.indexOf('=') + 1)) } : {};
  }

  /** @param {Message} message */
  async onMessage(message) {
    if (!message || typeof message.type !== 'string') return;
    /** @type {{ type: 'ack', id: unknown, ok: boolean, error?: string }} */
    const ack = { type: 'ack', id: message.id, ok: true };
    try {
      const handler = this.handlers[message.type];
      if (!handler) throw new Error('unknown_type');
      await handler(message);
    } catch (error) {
      ack.ok = false;
      ack.error = error instanceof Error ? error.message : 'failed';
      if (error instanceof SessionEnded) this.send({ type: 'session.ended' });
    }
    if (message.id !== undefined) this.port?.postMessage(ack);
  }

  /** What a fragment may ask for. @type {Record<string, (message: Message) => unknown>} */
  handlers = {
    'token.request': async () => this.send({ type: 'token.refreshed', ...(await this.mint()) }),
    resize: ({ height }) => {
      if (typeof height !== 'number' || !Number.isFinite(height)) throw new Error('height_expected');
      const least = this.isPanel() ? 0 : HEIGHT.least;
      if (this.isPanel()) this.element.toggleAttribute('data-empty', height <= 0);
      if (this.frame) this.frame.style.height = `${Math.min(HEIGHT.most, Math.max(least, Math.ceil(height)))}px`;
    },
    toast: ({ level, text }) => {
      const detail = { level: String(level), text: String(text).slice(0, 300) };
      if (this.emit('toast', detail)) showToast(detail);
    },
    navigate: ({ to, target }) => {
      const url = this.allowed(String(to));
      if (target === '_blank') open(url, '_blank', 'noopener');
      else location.assign(url);
    },
    reload: () => {
      this.dirty = false;
      location.reload();
    },
    'route.changed': ({ path, push }) => this.remember(innerPath(path), push === true),
    'scroll.to': ({ y }) => {
      const top = (this.frame?.getBoundingClientRect().top ?? 0) + scrollY + (Number(y) || 0);
      scrollTo({ top: Math.max(0, top - 16) });
    },
    dirty: ({ value }) => (this.dirty = value === true),
    title: ({ text }) => {
      const title = String(text).slice(0, 120);
      if (this.frame) this.frame.title = title;
      if (!this.isPanel() && this.emit('title', { title })) document.title = `${title} · ${this.ownTitle}`;
    },
    'entity.refresh': ({ entity, ref }) => this.emit('refresh', { entity: String(entity), ref: String(ref ?? '') }),
  };

  /** Host-relative addresses and declared origins only. @param {string} to */
  allowed(to) {
    const url = new URL(to, location.href);
    const origins = [location.origin, ...(this.element.dataset['navigateOrigins'] ?? '').split(' ').filter(Boolean)];
    if (!/^https?:$/.test(url.protocol) || !origins.includes(url.origin)) throw new Error('not_allowed');
    return url.href;
  }

  /** Back or forward: the fragment follows. Entries of its own would end with it, at a reload. */
  onHistory() {
    const path = this.firstPath();
    if (this.element.dataset['routeBase'] && path !== this.path) this.send({ type: 'route.go', path, replace: true });
  }

  /**
   * Keeps the view in the host's address.
   * @param {string} path
   * @param {boolean} push as a step of its own, which Back undoes
   */
  remember(path, push) {
    const isNew = push && path !== this.path;
    this.path = path;
    const { routeBase } = this.element.dataset;
    if (!routeBase) return;
    const address = routeBase + (path === '/' ? '' : path.replace(/^\/\?/, '?'));
    if (isNew) history.pushState(history.state, '', address);
    else history.replaceState(history.state, '', address);
  }

  /** @param {unknown} path */
  go(path) {
    this.send({ type: 'route.go', path: innerPath(path) });
  }

  sendTheme() {
    const theme = readTheme();
    const text = JSON.stringify(theme);
    if (!this.port || text === this.sentTheme) return;
    this.sentTheme = text;
    if (this.frame) this.frame.style.colorScheme = theme.colorScheme;
    this.send({ type: 'theme.changed', theme });
  }

  /** @param {Message} message */
  send(message) {
    this.port?.postMessage(message);
  }

  /** @param {string} name @param {object} detail */
  emit(name, detail) {
    return this.element.dispatchEvent(new CustomEvent(`reseller:${name}`, { detail, bubbles: true, cancelable: true }));
  }

  /** Instead of the fragment: one sentence and the way out. @param {boolean} ended the session, or only patience */
  panel(ended) {
    const words = this.locale.startsWith('de') ? WORDS.de : WORDS.en;
    const box = document.createElement('div');
    box.setAttribute('role', 'alert');
    box.style.cssText = this.isPanel() ? 'padding:8px 0' : 'padding:32px 16px;text-align:center';
    const [sentence, button] = [document.createElement('p'), document.createElement('button')];
    [sentence.textContent = '', button.textContent = ''] = ended ? words.slice(2) : words;
    button.type = 'button';
    button.addEventListener('click', () => (ended ? location.reload() : this.load(this.path ?? '/')));
    box.append(sentence, button);
    this.element.replaceChildren(box);
  }

  destroy() {
    clearTimeout(this.patience);
    this.gone.abort();
    this.port?.close();
    this.port = null;
  }
}

/** Plain text in the corner of the page, for hosts without toasts of their own. @param {{ level: string, text: string }} toast */
function showToast({ level, text }) {
  document.querySelector('[data-reseller-toast]')?.remove();
  const box = document.createElement('div');
  box.dataset['resellerToast'] = '';
  box.setAttribute('role', level === 'error' ? 'alert' : 'status');
  box.textContent = text;
  box.style.cssText = TOAST;
  document.body.append(box);
  setTimeout(() => box.remove(), Math.max(5000, text.length * 90));
}

/** @type {Map<HTMLElement, ResellerFrame>} */
const mounted = new Map();

/** Mounts every fragment on the page that is not there yet, and ends those whose place is gone. */
export function mount() {
  for (const [element, frame] of mounted) {
    if (element.isConnected) continue;
    frame.destroy();
    mounted.delete(element);
  }
  for (const element of document.querySelectorAll('[data-reseller-frame]')) {
    if (element instanceof HTMLElement && !mounted.has(element)) mounted.set(element, new ResellerFrame(element));
  }
}

mount();
new MutationObserver(mount).observe(document.documentElement, { childList: true, subtree: true });
