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

const mix = (from: Rgb, to: Rgb, part: number): Rgb => [
  Math.round(from[0] + (to[0] - from[0]) * part),
  Math.round(from[1] + (to[1] - from[1]) * part),
  Math.round(from[2] + (to[2] - from[2]) * part),
];

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Moves a colour towards black or white, as little as needed, until it can be read on every given surface. */
export function readable(colour: Rgb, surfaces: readonly Rgb[], ratio = 4.5): Rgb {
  const enough = (candidate: Rgb): boolean => surfaces.every((surface) => contrast(candidate, surface) >= ratio);
  if (enough(colour)) return colour;
  const dark = surfaces.every((surface) => luminance(surface) < 0.18);
  const target = dark ? WHITE : BLACK;
  for (let part = 0.04; part < 1; part += 0.04) {
    const candidate = mix(colour, target, part);
    if (enough(candidate)) return candidate;
  }
  return target;
}

/** Black or white, whichever reads better on the colour. */
export const textOn = (colour: Rgb): Rgb => (contrast(WHITE, colour) >= contrast(BLACK, colour) ? WHITE : BLACK);

export const hex = (colour: Rgb): string =>
  `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
