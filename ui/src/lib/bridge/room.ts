/** A host that cannot make the frame higher still shows what there is. */
const GRANTED_WITHIN_MS = 300;

/** Settles once the frame is at least this high, in CSS pixels, or its host had time enough to make it so. */
export function heightGranted(pixels: number): Promise<void> {
  if (innerHeight >= Math.floor(pixels)) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      removeEventListener('resize', look);
      resolve();
    };
    const look = (): void => {
      if (innerHeight >= Math.floor(pixels)) end();
    };
    const timer = setTimeout(end, GRANTED_WITHIN_MS);
    addEventListener('resize', look);
  });
}
