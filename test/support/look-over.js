/**
 * Runs inside a frame: finds what is wrong with what is on screen, by measuring and not by pixels. Plain browser script, put
 * into the page by test/support/every-screen.ts.
 */
globalThis.lookOver = (() => {
  const HIDDEN = '.sr-only, #svelte-announcer, [inert], script, style, template, option, svg';
  /** Words of programs are meant to stand as they are: ids, event names, examples of code. */
  const CODE = 'code, pre, kbd, bdi, textarea, .mono, .code';
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const nameOf = (element) => {
    const kind = [...element.classList].map((each) => `.${each}`).join('');
    return `${element.localName}${kind} "${(element.textContent ?? '').trim().slice(0, 60)}"`;
  };

  /** Every text that a person can see, with the element it stands in and its lines' places. */
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.data.trim();
      if (text === '' || !element || element.closest(HIDDEN) || !shown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      if (lines.length > 0) found.push({ text, element, lines });
    }
    return found;
  }

  /** Why a line of text cannot be read whole, or null. What ends in an ellipsis or can be scrolled is meant to. */
  function cutBy(line, element) {
    let box = null;
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display === 'contents') continue;
      if (style.overflowX === 'auto' || style.overflowX === 'scroll') return null;
      if (style.textOverflow === 'ellipsis' && style.overflowX !== 'visible') return null;
      const { left, right, top, bottom } = at.getBoundingClientRect();
      const beyond = line.left < left - 1 || line.right > right + 1;
      if (style.overflowX !== 'visible' && beyond) return `is cut off by ${at.localName}.${at.className}`;
      if (style.overflowY !== 'visible' && (line.top < top - 3 || line.bottom > bottom + 3)) {
        return `is cut off below by ${at.localName}.${at.className}`;
      }
      if (!box && !style.display.startsWith('inline') | (style.display === 'inline-flex')) {
        box = at;
        if (beyond && style.position !== 'absolute') return `sticks out of ${at.localName}.${at.className}`;
      }
    }
    const panel = element.closest('.panel, .kpi, dialog')?.getBoundingClientRect();
    if (panel && (line.left < panel.left - 1 || line.right > panel.right + 1)) return 'sticks out of its panel';
    return line.left < -1 || line.right > innerWidth + 1 ? 'is outside the frame' : null;
  }

  const layerOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (at.localName === 'dialog' || /absolute|sticky/.test(getComputedStyle(at).position)) return at;
    }
    return null;
  };
  const crossing = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5;

  /** What of a line is not scrolled out of sight. */
  function inSight(line, element) {
    let { left, right, top, bottom } = line;
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).overflowY === 'visible') continue;
      const box = at.getBoundingClientRect();
      [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { left, right, top, bottom };
  }

  function overlaps(all) {
    const placed = all.map(({ text, element, lines }) => ({
      text,
      layer: layerOf(element),
      lines: lines.map((line) => inSight(line, element)),
    }));
    const faults = [];
    for (const [index, one] of placed.entries()) {
      for (const other of placed.slice(index + 1)) {
        if (one.layer !== other.layer) continue;
        if (one.lines.some((a) => other.lines.some((b) => crossing(a, b)))) {
          faults.push(`"${one.text}" lies over "${other.text}"`);
        }
      }
    }
    return faults;
  }

  const CURRENCY = /\p{Sc}|\b[A-Z]{3}\b/u;
  const AMOUNT = /^[−-]?\d{1,3}(?:[.,\s]?\d{3})*[.,]\d{2}$/u;

  function faults() {
    const all = texts();
    const root = document.documentElement;
    const found = [];
    if (root.scrollWidth > root.clientWidth)
      found.push(`scrolls sideways: ${root.scrollWidth} in ${root.clientWidth} pixels`);
    for (const { text, element, lines } of all) {
      const cut = lines.map((line) => cutBy(line, element)).find(Boolean);
      if (cut) found.push(`${nameOf(element)} ${cut}`);
      if (element.closest(CODE)) continue;
      if (AMOUNT.test(text) && !CURRENCY.test(element.closest('data, td, dd, p, li')?.textContent ?? text)) {
        found.push(`an amount without its currency: ${nameOf(element)}`);
      }
      if (/\b[a-z]+(?:_[a-z]+)+\b|^[a-z]+\.(?!example|test)[a-z_]+$/.test(text))
        found.push(`a word of the program: "${text}"`);
      if (/\{\w+\}/.test(text)) found.push(`a value is missing: "${text}"`);
    }
    for (const data of document.querySelectorAll('data')) {
      if (shown(data) && !CURRENCY.test(data.textContent ?? ''))
        found.push(`an amount without its currency: ${nameOf(data)}`);
    }
    return [...new Set([...found, ...overlaps(all)])];
  }

  /** What can be reached by keyboard and does not show it. A key must have been pressed before. */
  function unmarked() {
    const reachable = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]');
    const faults = [];
    const before = document.activeElement;
    for (const element of reachable) {
      if (!shown(element) || element.disabled || element.closest('[inert]')) continue;
      element.focus({ preventScroll: true });
      if (document.activeElement !== element) continue;
      // A field may lie unseen over what is marked for it: a card that is chosen, a star, a file.
      const marked = [element, element.parentElement, element.nextElementSibling, element.closest('label')].some(
        (each) => {
          const style = each && getComputedStyle(each);
          return (
            style &&
            ((style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) ||
              style.boxShadow !== 'none')
          );
        },
      );
      if (!marked) faults.push(`shows no focus: ${nameOf(element)}`);
    }
    document.activeElement?.blur();
    if (before !== document.body) before?.focus({ preventScroll: true });
    return faults;
  }

  const frame = () => new Promise((done) => requestAnimationFrame(done));
  function pending() {
    const here = [...document.querySelectorAll('.bone, [aria-busy="true"], #shell')].find(shown);
    if (here) return nameOf(here);
    if (globalThis.requestsUnderWay > 0) return `${globalThis.requestsUnderWay} requests`;
    return document.querySelector('h1, main') ? null : 'nothing on screen';
  }

  /** Until everything that was asked for is there, and stands. @returns what is still missing after ten seconds, or null */
  async function settled() {
    const until = performance.now() + 10_000;
    for (let calm = 0; calm < 4;) {
      await frame();
      calm = pending() === null ? calm + 1 : 0;
      if (performance.now() > until) return pending();
    }
    return null;
  }

  /** Until the screen's address is this one. */
  async function arrivedAt(path) {
    while (location.pathname + location.search !== path) await frame();
  }

  return {
    arrivedAt,
    faults,
    unmarked,
    settled,
    texts: () => texts().map(({ text, element }) => ({ text, code: !!element.closest(CODE) })),
  };
})();
