import type { Health } from '#lib/api/contract.ts';

/**
 * What is sent to whoever helps: versions and findings as plain text. Only what the screen shows; keys, tokens and
 * addresses of customers are in none of it.
 */
export function reportText(health: Health, name: (id: string) => string): string {
  const { host, error, contract, asOf } = health;
  const about = host
    ? `${host.name} ${host.version}, bridge ${host.moduleVersion ?? '–'}, contract ${host.contract} (${contract})`
    : `${health.kind}: ${error?.code ?? '–'}`;
  const lines = health.checks.map(({ id, status, what, mend, goodAt }) =>
    [
      `${status.toUpperCase().padEnd(7)} ${id} · ${name(id)}`,
      what && `        ${what}`,
      mend && `        → ${mend}`,
      status !== 'ok' && goodAt && `        ok until ${goodAt}`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
  return [asOf, about, ...lines].join('\n');
}
