import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import english from '../../ui/src/lib/messages/en.json' with { type: 'json' };
import type { Ids } from './api-world.ts';
import type { Installation } from './installation.ts';
import { faultsOf, frameOf, logIn } from './windows.ts';

const ROUTES = new URL('../../ui/src/routes/', import.meta.url).pathname;
const LOOK_OVER = readFileSync(new URL('look-over.js', import.meta.url), 'utf8');

export type Area = 'admin' | 'portal' | 'panels';
/** How a window looks: `pseudo` is English made longer, with marks on it; `ar` is English from right to left. */
export interface Look {
  width: number;
  colorScheme: 'light' | 'dark';
  language: 'en' | 'de' | 'pseudo' | 'ar';
}

/** The folders of routes of an area, `/resellers/[id]`: a screen that is made tomorrow is among them. */
export function routesOf(area: Area): string[] {
  const folder = join(ROUTES, area);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === '+page.svelte')
    .map(({ parentPath }) => `/${relative(folder, parentPath).split(sep).join('/')}`)
    .toSorted();
}

/** A route with the ids of things that are there. @throws when nothing is known for a place in it */
export function pathOf(route: string, ids: Ids): string {
  const parts = route.split('/');
  return parts
    .map((part, index) => {
      if (!part.startsWith('[')) return part;
      const name = part === '[id]' ? parts[index - 1]! : `${part.slice(1, -1).replace(/y$/, 'ie')}s`;
      const id = ids[name];
      if (!id) throw new Error(`${route}: test/support/lived-in.ts knows no id of ${name}.`);
      return id;
    })
    .join('/');
}

type Text = string | Record<string, string>;
const MARKS: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'î',
  o: 'ö',
  u: 'ü',
  n: 'ñ',
  c: 'ç',
  A: 'Å',
  E: 'É',
  O: 'Ö',
  U: 'Ü',
};
/** Four tenths longer, with marks over and under the line; what is put in stays as it is. */
const stretched = (text: string): string => {
  const marked = text.replaceAll(/\{\w+\}|[a-zA-Z]/g, (part) => MARKS[part] ?? part);
  const more = Math.ceil(text.replaceAll(/\{\w+\}/g, '').length * 0.4);
  return `${marked}${' lörem'.repeat(Math.ceil(more / 6)).slice(0, more)}`;
};
/** The texts of an area in the order in which its build has them. */
function pseudoOf(area: string): (string | Record<string, string>)[] {
  const built = new URL(`../../dist/.messages/${area}/en.json`, import.meta.url);
  return Object.values(JSON.parse(readFileSync(built, 'utf8')) as Record<string, Text>).map((text) =>
    typeof text === 'string'
      ? stretched(text)
      : Object.fromEntries(Object.entries(text).map(([form, each]) => [form, stretched(each)])),
  );
}
const KEYS = new Set(Object.keys(english));

/** A language a host may be in; the screens follow the page they stand in. */
async function speakIn(context: BrowserContext, language: Look['language']): Promise<void> {
  // The made-up language takes the place of German: screens fetch that file.
  const spoken = language === 'pseudo' ? 'de' : language;
  await context.addInitScript(LOOK_OVER);
  await context.addInitScript(`
    if (self === top) document.addEventListener('readystatechange', () => {
      document.documentElement.lang = '${spoken}';
      document.documentElement.dir = '${spoken === 'ar' ? 'rtl' : 'ltr'}';
    }, { once: true });
    globalThis.requestsUnderWay = 0;
    const asked = globalThis.fetch;
    globalThis.fetch = async (...given) => {
      globalThis.requestsUnderWay += 1;
      try { return await asked(...given); } finally { globalThis.requestsUnderWay -= 1; }
    };`);
  if (language === 'pseudo') {
    await context.route(/\/ui\/\w+\/.*\/de\.[\w-]+\.json$/, (route) => {
      const [, area = ''] = /\/ui\/(\w+)\//.exec(route.request().url()) ?? [];
      return route.fulfill({ json: pseudoOf(area) });
    });
  }
}

/** One window that goes through screens and writes down what is wrong with them. */
export class Looker {
  readonly page: Page;
  readonly #it: Installation;
  readonly #look: Look;
  /** Where the screen stands, and what is wrong: `/orders: …`. */
  readonly faults: string[] = [];
  readonly seen: string[] = [];
  #at = '';

  private constructor(page: Page, it: Installation, look: Look) {
    this.page = page;
    this.#it = it;
    this.#look = look;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#say(`the console says: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.#say(`an error: ${error.message}`));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      const own = [it.hostUrl, it.serviceUrl].includes(origin) || protocol === 'data:' || protocol === 'blob:';
      if (!own) this.#say(`asks elsewhere: ${request.url()}`);
    });
  }

  static async open(
    browser: Browser,
    it: Installation,
    who: 'admin' | 'reseller' | 'client' | 'applicant',
    look: Look,
  ): Promise<Looker> {
    const page = await logIn(browser, it, who, look);
    await speakIn(page.context(), look.language);
    return new Looker(page, it, look);
  }

  #say(fault: string): void {
    this.faults.push(`${this.#at}: ${fault}`);
  }

  get frame(): Frame {
    return frameOf(this.page);
  }

  /** Opens a page of the host with a frame in it, and waits until the frame shows all it has. */
  async open(path: string): Promise<void> {
    this.#at = path;
    await this.page.goto(this.#it.hostUrl + path);
    await this.page.locator('iframe').waitFor();
    await this.arrive();
  }

  /** Goes to another screen as the host's menu does, without loading anything anew. */
  async go(area: 'admin' | 'portal', path: string): Promise<void> {
    await this.leaveFor(area, path);
    await this.arrive();
  }

  /** Goes there without waiting for what it shows. */
  async leaveFor(area: 'admin' | 'portal', path: string): Promise<void> {
    this.#at = `/${area}${path}`;
    const event = `new CustomEvent('reseller:go', { detail: { path: ${JSON.stringify(path)} } })`;
    await this.page.evaluate(`document.querySelector('[data-reseller-frame]').dispatchEvent(${event})`);
    await this.frame.evaluate(`lookOver.arrivedAt(${JSON.stringify(`/ui/${area}${path}`)})`);
  }

  /** Waits until everything that was asked for is there. */
  async arrive(): Promise<void> {
    const { frame } = this;
    await frame.waitForLoadState('load');
    const missing = await frame.evaluate<string | null>('lookOver.settled()');
    if (missing !== null) this.#say(`never finished: ${missing}`);
    this.seen.push(this.#at);
  }

  /** Writes down what is wrong with what is on screen now. */
  async look(): Promise<void> {
    for (const fault of await faultsOf(this.page)) {
      // Both texts are made longer at their ends: the shorter one no longer stands in the longer one.
      if (this.#look.language !== 'pseudo' || !fault.startsWith('label-content-name-mismatch')) this.#say(fault);
    }
    for (const fault of await this.frame.evaluate<string[]>('lookOver.faults()')) this.#say(fault);
    for (const { text } of await this.texts()) if (KEYS.has(text)) this.#say(`the key of a text: ${text}`);
    // The ring has the same rule everywhere: one look at each screen is enough.
    if (this.#look.language === 'en' && this.#look.colorScheme === 'light') {
      await this.page.locator('iframe').press('Tab');
      for (const fault of await this.frame.evaluate<string[]>('lookOver.unmarked()')) this.#say(fault);
    }
  }

  texts(): Promise<{ text: string; code: boolean }[]> {
    return this.frame.evaluate('lookOver.texts()');
  }

  /** Every one of these screens, and, unless they are left out, the parts that they lead to. */
  async walk(area: 'admin' | 'portal', paths: string[], parts = true): Promise<void> {
    const waiting = [...paths];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      if (this.seen.includes(`/${area}${path}`)) continue;
      if (this.seen.length === 0) await this.open(`/${area}/reseller${path === '/' ? '' : path}`);
      await this.go(area, path);
      await this.look();
      if (parts) waiting.unshift(...(await this.parts(area)));
    }
  }

  /** Parts of the screen that are places of their own: its tabs, its sections. */
  async parts(area: 'admin' | 'portal'): Promise<string[]> {
    const found = await this.frame.evaluate<string[]>(
      `[...document.querySelectorAll('main nav a')].map((one) => one.pathname + one.search)`,
    );
    return found.map((each) => each.slice(`/ui/${area}`.length)).filter((each) => /[?&](?:tab|section)=/.test(each));
  }
}
