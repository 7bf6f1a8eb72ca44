import { pointerStep } from '../../../hooks/prices/refusal.ts';
import { PricingError, type PricingInput } from '../errors.ts';

/**
 * Reads JSON text. Unlike JSON.parse, refuses a field that an object holds twice, because the reader would silently
 * take one of the two. Throws PricingError not_json, duplicate_field.
 */
export function readJson(text: string, input: PricingInput): unknown {
  const json = text.startsWith('\u{feff}') ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PricingError('not_json', input, '', `The ${input} is not JSON: ${reason}.`);
  }
  const repeated = unsafeField(json);
  if (repeated !== null) throw new PricingError('duplicate_field', input, repeated.path, repeated.message);
  return value;
}

interface Frame {
  /** Fields seen so far, null in an array. */
  readonly fields: Set<string> | null;
  step: string | number;
}

/** The first field of valid JSON text that repeats, or that is named __proto__, which records cannot hold. */
function unsafeField(json: string): { path: string; message: string } | null {
  const frames: Frame[] = [];
  let expectsField = false;
  for (let at = 0; at < json.length; at += 1) {
    const top = frames.at(-1);
    switch (json[at]) {
      case '"': {
        const end = endOfText(json, at);
        if (expectsField && top?.fields) {
          const field = String(JSON.parse(json.slice(at, end + 1)));
          top.step = field;
          if (top.fields.has(field) || field === '__proto__') {
            const path = frames.map(({ step }) => pointerStep(step)).join('');
            const cure = field === '__proto__' ? 'is not a usable name' : 'stands there twice: keep one of the two';
            return { path, message: `${path} ${cure}.` };
          }
          top.fields.add(field);
          expectsField = false;
        }
        at = end;
        break;
      }
      case '{':
        frames.push({ fields: new Set(), step: '' });
        expectsField = true;
        break;
      case '[':
        frames.push({ fields: null, step: 0 });
        expectsField = false;
        break;
      case '}':
      case ']':
        frames.pop();
        expectsField = false;
        break;
      case ',':
        if (typeof top?.step === 'number') top.step += 1;
        expectsField = top?.fields !== null;
        break;
      default:
    }
  }
  return null;
}

function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}
