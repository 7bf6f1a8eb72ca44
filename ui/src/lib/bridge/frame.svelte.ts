import { heightGranted } from './room.ts';
import { followSlice, measureSlice } from './slice.ts';
import { parentOrigin, shakeHands, type Channel } from './port.ts';
import { applyTheme } from './theme.ts';
import { TokenKeeper } from './token.ts';
import { exchangeToken, type Visit } from '../api/view-as.ts';
import { RIGHT_TO_LEFT } from '../messages/fill.ts';
import type { HostContext, InitMessage, ToHost } from './protocol.ts';

type Phase = 'connecting' | 'ready' | 'ended' | 'alone';

const HOSTLESS: HostContext = {
  host: { name: '' },
  provider: { name: '', zone: 'UTC', currency: 'EUR' },
  nav: 'frame',
};

/** The fragment's one connection to its host, and what the host told it. */
class Frame {
  phase = $state<Phase>('connecting');
  locale = $state('en');
  context = $state<HostContext>(HOSTLESS);
  /** Set by the app: where `route.go` leads. */
  onGo: (path: string, replace: boolean) => void = () => undefined;
  /** An admin's visit in a reseller's portal, while there is one. */
  visit = $state.raw<Visit | null>(null);
  /** The area that the host opened the frame for. */
  portal: InitMessage['portal'] = 'client';
  #visiting: TokenKeeper | null = null;
  #capabilities = new Set<string>();
  #channel: Channel | null = null;
  #tokens: TokenKeeper | null = null;
  #root: HTMLElement | null = null;
  /** As last told to the host; nothing was told yet. */
  #height = -1;
  #overlays = 0;
  #slice: ReturnType<typeof followSlice> | null = null;

  async connect(): Promise<void> {
    const origin = parentOrigin();
    if (!origin) {
      this.phase = 'alone';
      return;
    }
    const { init, channel } = await shakeHands(origin);
    this.#channel = channel;
    this.#tokens = new TokenKeeper(init.token, () => channel.request({ type: 'token.request' }));
    channel.handlers = {
      'token.refreshed': (fresh) => this.#tokens?.take(fresh),
      'theme.changed': ({ theme }) => applyTheme(theme),
      'locale.changed': ({ locale }) => this.#speak(locale),
      'context.changed': ({ context }) => (this.context = context),
      'route.go': ({ path, replace }) => this.onGo(path, replace ?? false),
      'session.ended': () => this.endSession(),
    };
    this.#begin(init);
    requestAnimationFrame(() => this.#resize(this.#root?.offsetHeight ?? 0));
  }

  #begin(init: InitMessage): void {
    applyTheme(init.theme);
    this.#speak(init.locale);
    this.context = { ...HOSTLESS, ...init.context };
    this.portal = init.portal;
    this.#capabilities = new Set(init.capabilities);
    this.phase = 'ready';
  }

  #speak(locale: string): void {
    this.locale = Intl.NumberFormat.supportedLocalesOf([locale.replace('_', '-')])[0] ?? 'en';
    document.documentElement.lang = this.locale;
    document.documentElement.dir = RIGHT_TO_LEFT.test(this.locale) ? 'rtl' : 'ltr';
  }

  get token(): string {
    return (this.#visiting ?? this.#tokens)?.current ?? '';
  }

  async renewToken(): Promise<void> {
    await (this.#visiting ?? this.#tokens)?.renew();
  }

  /** From now on everything is asked as the reseller, read-only. @throws when the service refuses */
  async beginVisit(visit: Visit): Promise<void> {
    const exchange = () => exchangeToken(this.#tokens?.current ?? '', visit);
    const visiting = new TokenKeeper(await exchange(), async () => {
      await this.#tokens?.renew();
      visiting.take(await exchange());
    });
    this.#visiting = visiting;
    this.visit = visit;
  }

  endSession(): void {
    this.#visiting?.stop();
    this.#tokens?.stop();
    this.phase = 'ended';
  }

  /** Watches the wrapper and tells the host its height, once per frame and only when it changed. */
  watch(root: HTMLElement): () => void {
    this.#root = root;
    let planned = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(planned);
      planned = requestAnimationFrame(() => this.#resize(root.offsetHeight));
    });
    observer.observe(root);
    return () => observer.disconnect();
  }

  /** At once: a frame that is out of sight is not drawn, and what waits for its next picture waits until it is seen. */
  tellHeight(): void {
    if (this.#root) this.#resize(this.#root.offsetHeight);
  }

  #resize(height: number): void {
    if (height === this.#height || !this.#channel) return;
    this.#height = height;
    this.#note({ type: 'resize', height });
  }

  /** While at least one overlay is open the slice is followed. */
  holdSlice(): () => void {
    if (this.#overlays++ === 0 && this.#root) this.#slice = followSlice(this.#root);
    return () => {
      if (--this.#overlays === 0) this.#slice?.stop();
    };
  }

  /** Settles once the frame is this high, or as high as its host makes it, and it is known what can be seen of it. */
  async makeRoomInSlice(pixels: number): Promise<void> {
    this.needHeight(pixels);
    await heightGranted(pixels);
    await this.#slice?.settle();
  }

  /**
   * A list that opens near the end of the frame needs room below it. It is shown when the host has made that room: what lies
   * outside the frame cannot be pressed, and a press there takes the focus away. Nothing to do inside a dialog, which scrolls.
   */
  makeRoomFor(element: HTMLElement): { ready: Promise<void>; release: () => void } {
    if (!this.#root || element.closest('dialog')) return { ready: Promise.resolve(), release: () => undefined };
    const needed = element.getBoundingClientRect().bottom - this.#root.getBoundingClientRect().top + 24;
    this.needHeight(needed);
    element.style.visibility = 'hidden';
    const ready = heightGranted(needed).then(() => void (element.style.visibility = ''));
    return { ready, release: () => this.needHeight(0) };
  }

  /** How much of the frame can be seen, in CSS pixels. */
  async visibleHeight(): Promise<number> {
    return this.#root ? (await measureSlice(this.#root)).height : 0;
  }

  /** A frame that is shorter than its overlay grows while the overlay is open. */
  needHeight(pixels: number): void {
    if (this.#root) this.#root.style.minHeight = pixels > 0 ? `${pixels}px` : '';
  }

  #note(message: ToHost): void {
    this.#channel?.note(message);
  }

  #optional(message: ToHost): void {
    if (this.#capabilities.has(message.type)) this.#note(message);
  }

  toast(level: 'info' | 'success' | 'error', text: string): void {
    this.#note({ type: 'toast', level, text });
  }

  /** Where the host shows a path of ours, to be handed on; null where it does not say. */
  addressOf(path: string): string | null {
    const template = this.context.host.screenUrl;
    const origin = parentOrigin();
    return template && origin ? new URL(template.replace('{path}', path), origin).href : null;
  }

  navigate(to: string, target: '_self' | '_blank' = '_self'): void {
    this.#note({ type: 'navigate', to, target });
  }

  /**
   * True where the host makes the entries in the browser's history: ones of the frame's own would end at a reload. A visit in
   * a portal is a frame of its own, with its own.
   */
  get leavesHistory(): boolean {
    return this.#capabilities.has('history') && this.visit === null;
  }

  /** The host keeps the path in its address; during a visit one that leads the admin area back to it. */
  routeChanged(path: string, push = false): void {
    const at = this.visit ? `/resellers/${this.visit.id}/view?${new URLSearchParams({ at: path })}` : path;
    this.#note({ type: 'route.changed', path: at, push: push && this.leavesHistory });
  }

  reloadPage(): void {
    if (this.#capabilities.has('reload')) this.#note({ type: 'reload' });
    else location.reload();
  }

  title(text: string): void {
    document.title = text;
    this.#optional({ type: 'title', text });
  }

  dirty(value: boolean): void {
    this.#optional({ type: 'dirty', value });
  }

  scrollTo(y: number): void {
    this.#optional({ type: 'scroll.to', y });
  }

  refreshed(entity: string, ref: string): void {
    this.#optional({ type: 'entity.refresh', entity, ref });
  }
}

export const frame = new Frame();
