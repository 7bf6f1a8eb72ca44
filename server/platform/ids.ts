import { uuidv7obj } from 'uuidv7';

/** Prefixes of our ids: an id says what it names. */
export type IdPrefix =
  | 'act'
  | 'app'
  | 'bid'
  | 'cus'
  | 'dec'
  | 'dif'
  | 'drf'
  | 'evt'
  | 'key'
  | 'lck'
  | 'led'
  | 'msg'
  | 'not'
  | 'note'
  | 'opr'
  | 'ord'
  | 'pch'
  | 'ppv'
  | 'prb'
  | 'prl'
  | 'pvs'
  | 'quo'
  | 'rec'
  | 'rpl'
  | 'rs'
  | 'srv'
  | 'sta'
  | 'tier'
  | 'tsk'
  | 'vw'
  | 'whd'
  | 'whk';

/** A new id such as rs_0197f…: time-ordered (UUID version 7), so that indexes grow at their end. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${uuidv7obj().toHex()}`;
}
