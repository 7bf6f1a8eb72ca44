import type { z } from 'zod';
import type { Capability } from './capabilities.ts';

/**
 * Declares one call of the host port: its name (also its path below /bridge/v1/), the capability it needs (null = every
 * host has it), and both shapes.
 */
export function defineCall<
  const Name extends string,
  Request extends z.ZodType,
  Response extends z.ZodType,
>(definition: { name: Name; about: string; capability: Capability | null; request: Request; response: Response }) {
  return definition;
}
