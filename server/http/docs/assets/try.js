/** Sends what a form of the reference holds, with the key of this page. Nothing is kept anywhere. */
document.addEventListener('submit', async (submitted) => {
  submitted.preventDefault();
  const form = submitted.target;
  const status = form.parentElement.querySelector('[role=status]');
  const fields = [...form.querySelectorAll('[data-in]')].filter(({ value }) => value !== '');
  const of = (place) => fields.filter((field) => field.dataset.in === place);
  const path = of('path').reduce(
    (text, { name, value }) => text.replace(`{${name}}`, encodeURIComponent(value)),
    form.dataset.path,
  );
  const query = new URLSearchParams(of('query').map(({ name, value }) => [name, value]));
  const [body] = of('body');
  const headers = { authorization: `Bearer ${document.querySelector('#key').value.trim()}` };
  for (const { name, value } of of('header')) headers[name] = value;
  if (body) headers['content-type'] = 'application/json';
  // Relative to this page, so that a proxy may serve everything below a prefix.
  const url = `${new URL('api/v1', location.href).href}${path}${query.size > 0 ? `?${query}` : ''}`;
  status.textContent = 'Sending …';
  try {
    const response = await fetch(url, { method: form.dataset.method.toUpperCase(), headers, body: body?.value });
    const answer = JSON.stringify(await response.json(), null, 2);
    const etag = response.headers.get('etag');
    const shown = document.createElement('pre');
    shown.tabIndex = 0;
    shown.setAttribute('aria-label', 'The answer');
    shown.textContent = `${response.status}${etag ? `, ETag ${etag}` : ''}\n${answer}`;
    status.replaceChildren(shown);
  } catch (error) {
    status.textContent = `The call did not get through: ${error.message}`;
  }
});

/** An address with an operation in it shows that operation. */
const open = () => {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) named.open = true;
};
addEventListener('hashchange', open);
open();
