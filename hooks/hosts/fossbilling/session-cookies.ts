/** Jars kept for later calls; more are made while more calls run at once. */
const KEPT = 8;

/** The cookies of one connection. */
export interface CookieJar {
  /** Value of the cookie header, or null when there are none yet. */
  header(): string | null;
  /** Takes over what an answer sets. */
  keep(answer: Headers): void;
}

function createJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    header: () => (cookies.size === 0 ? null : [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')),
    keep(answer) {
      for (const line of answer.getSetCookie()) {
        const [pair = ''] = line.split(';', 1);
        const at = pair.indexOf('=');
        // A handful is all the host sets; a server that sets more is not remembered without end.
        if (at > 0 && cookies.size < 20) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
      }
    },
  };
}

/**
 * Lends each running call a jar of its own. A call without cookies makes the host write a session row, and calls that
 * share a session may wait for each other in PHP.
 */
export function createCookieJars() {
  const idle: CookieJar[] = [];
  return async function withJar<Result>(work: (jar: CookieJar) => Promise<Result>): Promise<Result> {
    const jar = idle.pop() ?? createJar();
    try {
      return await work(jar);
    } finally {
      if (idle.length < KEPT) idle.push(jar);
    }
  };
}
