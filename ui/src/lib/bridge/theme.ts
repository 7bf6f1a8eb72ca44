import { hex, luminance, readable, textOn, type Rgb } from './contrast.ts';
import type { HostTheme } from './protocol.ts';

const FALLBACK: Record<'light' | 'dark', { background: Rgb; surface: Rgb }> = {
  light: { background: [246, 247, 249], surface: [255, 255, 255] },
  dark: { background: [15, 19, 24], surface: [23, 28, 35] },
};
const GENERIC = new Set(['serif', 'sans-serif', 'monospace', 'system-ui', 'ui-sans-serif', 'ui-rounded']);

/** A colour the browser understands and that covers what is behind it; anything else counts as not sent. */
function parseColour(value: string | undefined): Rgb | null {
  if (!value || value.length > 100 || /url|var\(|image/i.test(value) || !CSS.supports('color', value)) return null;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return alpha === 255 ? [red, green, blue] : null;
}

function parseRadius(value: string | undefined): string | null {
  const match = /^(\d{1,3}(?:\.\d+)?)(px|rem)$/.exec(value ?? '');
  if (!match) return null;
  const pixels = Number(match[1]) * (match[2] === 'rem' ? 16 : 1);
  return `${Math.min(24, pixels)}px`;
}

/** Names only; a font that is not on this machine falls through to the system's, nothing is downloaded. */
function parseFont(value: string | undefined): string | null {
  const names = (value ?? '').split(',').map((name) => name.trim().replaceAll(/^["']|["']$/g, ''));
  const good = names.filter((name) => /^[\p{L}\p{N} _-]{1,60}$/u.test(name));
  if (good.length === 0) return null;
  return good.map((name) => (GENERIC.has(name) ? name : `"${name}"`)).join(', ');
}

/** Host colours that are safe to use: readable text, accents that reach 4.5:1, and a scheme that fits the background. */
function derive(theme: HostTheme): { scheme: 'light' | 'dark'; values: Record<string, string> } {
  const sentBackground = parseColour(theme.background);
  const sentSurface = parseColour(theme.surface);
  const measured = sentSurface ?? sentBackground;
  const scheme = measured ? (luminance(measured) < 0.18 ? 'dark' : 'light') : theme.colorScheme;
  const background = sentBackground ?? sentSurface ?? FALLBACK[scheme].background;
  const surface = sentSurface ?? sentBackground ?? FALLBACK[scheme].surface;
  const both = [background, surface];
  const values: Record<string, string> = {};
  if (measured) Object.assign(values, { background: hex(background), surface: hex(surface) });
  for (const [name, ratio] of [
    ['text', 7],
    ['muted', 4.6],
    ['accent', 4.6],
    ['danger', 4.6],
  ] as const) {
    const colour = parseColour(theme[name]);
    if (colour) values[name] = hex(readable(colour, both, ratio));
  }
  const accent = parseColour(values['accent']);
  if (accent) values['on-accent'] = hex(textOn(accent));
  const radius = parseRadius(theme.radius);
  if (radius) values['radius'] = radius;
  const font = parseFont(theme.font);
  if (font) values['font'] = font;
  return { scheme, values };
}

const NAMES = ['background', 'surface', 'text', 'muted', 'accent', 'on-accent', 'danger', 'radius', 'font'];

export function applyTheme(theme: HostTheme): void {
  const root = document.documentElement;
  const { scheme, values } = derive(theme);
  root.dataset['theme'] = scheme;
  for (const name of NAMES) {
    const value = values[name];
    if (value) root.style.setProperty(`--host-${name}`, value);
    else root.style.removeProperty(`--host-${name}`);
  }
}
