import { page } from '$app/state';
import { toProblem } from '#lib/api/errors.ts';

/** The host's id of what the panel stands beside. */
export const subjectId = (): string => page.url.searchParams.get('id') ?? '';

/** An answer, or null for who may not see it: a panel then says less. @throws what else went wrong */
export async function orNothing<Value>(answer: Promise<Value>): Promise<Value | null> {
  try {
    return await answer;
  } catch (error) {
    const problem = toProblem(error);
    if (problem.forbidden || problem.missing) return null;
    throw error;
  }
}
