/** Colours as red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

const linear = (channel: number): number => {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

export const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** WCAG 2 contrast ratio, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Hue, saturation and lightness, each from 0 to 1. */
function toHsl([red, green, blue]: Rgb): [number, number, number] {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const range = most - least;
  const lightness = (most + least) / 510;
  if (range === 0) return [0, 0, lightness];
  const saturation = range / (255 - Math.abs(most + least - 255));
  const turn =
    most === red ? (green - blue) / range : most === green ? 2 + (blue - red) / range : 4 + (red - green) / range;
  return [(turn / 6 + 1) % 1, saturation, lightness];
}

function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const at = (offset + hue * 12) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Moves a colour in lightness, as little as needed, until it can be read on every given surface. */
export function readable(colour: Rgb, surfaces: readonly Rgb[], ratio = 4.5): Rgb {
  const enough = (candidate: Rgb): boolean => surfaces.every((surface) => contrast(candidate, surface) >= ratio);
  if (enough(colour)) return colour;
  const lighter = surfaces.every((surface) => luminance(surface) < 0.18);
  const [hue, saturation, lightness] = toHsl(colour);
  for (let moved = 0.02; moved < 1; moved += 0.02) {
    const candidate = fromHsl(hue, saturation, Math.min(1, Math.max(0, lightness + (lighter ? moved : -moved))));
    if (enough(candidate)) return candidate;
  }
  return lighter ? WHITE : BLACK;
}

/** Black or white, whichever reads better on the colour. */
export const textOn = (colour: Rgb): Rgb => (contrast(WHITE, colour) >= contrast(BLACK, colour) ? WHITE : BLACK);

export const hex = (colour: Rgb): string =>
  `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
