// @ts-check
/**
 * Puts the portal into the menus of the client area, which have no place of their own for modules. Runs before the menus
 * are parsed and adds the item in the same turn in which they appear, so that nothing jumps. The item is a copy of the
 * one it follows: it looks like the theme's own.
 */
(() => {
  const { href = '', label = '', after = '' } = document.currentScript?.dataset ?? {};
  const path = (/** @type {string} */ address) => new URL(address, location.href).pathname.replace(/\/+$/, '');
  const here = path(location.href);
  const isHere = here === path(href) || here.startsWith(`${path(href)}/`);

  /** @param {Element} item */
  function addAfter(item) {
    const copy = /** @type {HTMLElement} */ (item.cloneNode(true));
    const link = copy.querySelector('a');
    if (!link) return;
    const icon = link.querySelector('svg');
    icon?.querySelector('use')?.setAttribute('href', '#arrows-exchange');
    link.replaceChildren(...(icon ? [icon] : []), ` ${label}`);
    link.href = href;
    for (const part of [copy, link]) part.classList.toggle('active', isHere);
    if (isHere) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    copy.dataset['resellerItem'] = '';
    item.after(copy);
  }

  /** @param {boolean} isComplete the page is parsed to its end */
  function place(isComplete) {
    for (const link of document.querySelectorAll('li > a.nav-link[href]')) {
      const item = /** @type {Element} */ (link.parentElement);
      const { href: address } = /** @type {HTMLAnchorElement} */ (link);
      // With nothing behind the path: the theme's switch leads to the page itself, as ?theme=dark.
      const isPlace = !/[?#]/.test(address) && path(address) === path(after);
      // An item with another behind it was parsed to its end.
      if (!isPlace || !(isComplete || item.nextElementSibling)) continue;
      if (!item.parentElement?.querySelector(':scope > [data-reseller-item]')) addAfter(item);
    }
    if (!isComplete || document.querySelector('[data-reseller-item]')) return;
    // The services item is switched off in this theme: the last one of the menu at the side, then.
    const last = [...document.querySelectorAll('#sidebarMenu li > a.nav-link')].at(-1)?.parentElement;
    if (last) addAfter(last);
  }

  const observer = new MutationObserver(() => place(false));
  observer.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', () => {
    observer.disconnect();
    place(true);
  });
})();
