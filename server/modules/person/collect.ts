import type { EntityManager } from '@mikro-orm/postgresql';
import { PARTS } from './parts.ts';

/** Everything held about one reseller and its people, by part: without the provider's own notes, or without the reseller's. */
export async function collectData(
  em: EntityManager,
  resellerId: string,
  forProvider: boolean,
  progress: (done: number, total: number) => Promise<void>,
): Promise<Record<string, unknown[]>> {
  const parts = Object.entries(PARTS).filter(([, part]) => part.for !== (forProvider ? 'reseller' : 'provider'));
  const data: Record<string, unknown[]> = {};
  for (const [index, [name, { sql }]] of parts.entries()) {
    data[name] = await em.execute<object[]>(sql, [resellerId]);
    await progress(index + 1, parts.length);
  }
  return data;
}
