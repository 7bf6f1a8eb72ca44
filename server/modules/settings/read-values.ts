import { ServiceError } from '../../errors.ts';
import { type SectionName, type SectionValues, sections } from './sections/index.ts';

/** Values typed by an admin. @throws bad_input with the place of the first bad one, as /values/… */
export function readValues<Name extends SectionName>(name: Name, values: object): SectionValues<Name> {
  const parsed = sections[name].schema.safeParse(values);
  if (parsed.success) return parsed.data as SectionValues<Name>;
  const [issue] = parsed.error.issues;
  const path = ['/values', ...(issue?.path.map(String) ?? [])].join('/');
  throw new ServiceError('bad_input', `${path}: ${issue?.message ?? 'does not fit'}`, path);
}
