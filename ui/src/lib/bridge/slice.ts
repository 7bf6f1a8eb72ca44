/**
 * Where the frame can be seen. A frame as tall as its content has no idea of the window, so overlays ask an
 * IntersectionObserver, which answers across origins.
 */
export interface Slice {
  top: number;
  height: number;
}

const STEP = 50;
const ANSWER_WITHIN = 300;
/** After the frame grew, the host's part of the answer comes some pictures late. */
const SETTLED = { alike: 3, within: 400 };

/** Measures once. */
export function measureSlice(root: HTMLElement): Promise<Slice> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(([entry]) => {
      observer.disconnect();
      const seen = entry?.intersectionRect;
      const box = entry?.boundingClientRect;
      if (seen && box && seen.height > 0) resolve({ top: seen.top - box.top, height: seen.height });
      else resolve(fallback());
    });
    const fallback = (): Slice => ({ top: 0, height: Math.min(720, root.offsetHeight) });
    observer.observe(root);
    setTimeout(() => resolve(fallback()), ANSWER_WITHIN);
  });
}

function makeStrip(root: HTMLElement): HTMLElement {
  const strip = document.createElement('div');
  strip.setAttribute('aria-hidden', 'true');
  strip.style.cssText =
    'position:absolute;inset:0 auto 0 0;width:1px;overflow:hidden;pointer-events:none;visibility:hidden';
  for (let top = 0; top < 5000; top += STEP) {
    const mark = document.createElement('i');
    mark.style.cssText = `position:absolute;top:${top}px;height:${STEP}px;width:1px`;
    strip.append(mark);
  }
  root.append(strip);
  return strip;
}

/** Keeps `--slice-top` and `--slice-h` of the root true while something stands in the slice. */
export function followSlice(root: HTMLElement): { settle: () => Promise<void>; stop: () => void } {
  let over = false;
  const update = async (): Promise<string> => {
    const slice = await measureSlice(root);
    if (over) return '';
    root.style.setProperty('--slice-top', `${Math.max(0, Math.round(slice.top))}px`);
    root.style.setProperty('--slice-h', `${Math.round(slice.height)}px`);
    return `${slice.top} ${slice.height}`;
  };
  /** Until some answers in a row say the same. */
  const settle = async (): Promise<void> => {
    const until = performance.now() + SETTLED.within;
    let [last, alike] = ['', 0];
    while (alike < SETTLED.alike && performance.now() < until) {
      const now = await update();
      alike = now === last ? alike + 1 : 1;
      last = now;
    }
  };
  const strip = makeStrip(root);
  const marks = new IntersectionObserver(() => void update(), { threshold: [0, 0.25, 0.5, 0.75, 1] });
  for (const mark of strip.children) marks.observe(mark);
  const sizes = new ResizeObserver(() => void update());
  sizes.observe(root);
  const stop = (): void => {
    over = true;
    marks.disconnect();
    sizes.disconnect();
    strip.remove();
  };
  return { settle, stop };
}
