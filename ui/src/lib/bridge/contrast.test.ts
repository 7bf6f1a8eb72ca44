import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, hex, readable, textOn, type Rgb } from './contrast.ts';

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

describe('contrast', () => {
  test('knows the two ends', () => {
    expect(contrast(white, black)).toBeCloseTo(21, 5);
    expect(contrast(white, white)).toBe(1);
  });

  test('leaves a readable colour alone', () => {
    expect(readable([42, 81, 180], [white])).toEqual([42, 81, 180]);
  });

  test('darkens a pale accent on white and lightens a dark one on black', () => {
    const pale = readable([120, 170, 255], [white, [246, 247, 249]]);
    expect(contrast(pale, [246, 247, 249])).toBeGreaterThanOrEqual(4.5);
    const deep = readable([20, 30, 90], [[23, 28, 35]]);
    expect(contrast(deep, [23, 28, 35])).toBeGreaterThanOrEqual(4.5);
  });

  test('always reaches the ratio on light and on dark surfaces', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(channel, channel, channel), fc.boolean(), (colour, dark) => {
        const surface: Rgb = dark ? [15, 19, 24] : [246, 247, 249];
        return contrast(readable(colour, [surface]), surface) >= 4.5;
      }),
    );
  });

  test('keeps the hue while it moves', () => {
    const [red, green, blue] = readable([159, 211, 255], [white]);
    expect(blue).toBeGreaterThan(green);
    expect(green).toBeGreaterThan(red);
    expect(blue - red).toBeGreaterThan(96);
  });

  test('chooses the text colour by measurement', () => {
    expect(textOn([42, 81, 180])).toEqual(white);
    expect(textOn([143, 176, 247])).toEqual(black);
    expect(hex([1, 16, 255])).toBe('#0110ff');
  });
});
