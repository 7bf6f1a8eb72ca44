/** Addresses inside the fragment: all are relative to the shell's `<base>`, so they hold wherever it is mounted. */
type Query = Record<string, string | number | null | undefined>;

const basePath = (): string => new URL(document.baseURI).pathname;

/** An address for links and `goto`: `link('/orders', { status: 'paid' })`. Empty values are left out. */
export function link(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return basePath() + path.replace(/^\//, '') + (text ? `?${text}` : '');
}

/** The path inside the fragment of an address, with its query. */
export const innerPath = (url: Pick<URL, 'pathname' | 'search'>): string =>
  `/${url.pathname.slice(basePath().length)}${url.search}`;
