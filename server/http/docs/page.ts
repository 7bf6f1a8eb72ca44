import { html } from 'hono/html';
import { bodyOf, exampleOf, type Operation, type Parameter, successOf, typeText } from '../api/type-text.ts';

type Html = ReturnType<typeof html>;
interface Entry {
  method: string;
  path: string;
  operation: Operation;
}
export type Paths = Record<string, Record<string, Operation>>;

/** The reference of the API as one page: every operation with its parameters and answer, and a form that tries it. */
export function docsPage(paths: Paths): Html {
  const entries = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const tags = [...new Set(entries.map(({ operation }) => operation.tags[0] ?? ''))];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Reseller API</title>
        <link rel="stylesheet" href="docs/docs.css" />
        <script type="module" src="docs/try.js"></script>
      </head>
      <body>
        <header>
          <h1>Reseller API</h1>
          <p>
            REST over JSON, version 1. For programs: <a href="api/v1/openapi.json">openapi.json</a>. A key is sent as
            <code>Authorization: Bearer rsk_…</code>.
          </p>
          <label for="key">API key, to try calls; it stays in this page and is gone when you leave it</label>
          <input id="key" type="password" autocomplete="off" spellcheck="false" />
        </header>
        <nav aria-label="Resources">
          <ul>
            ${tags.map((tag) => html`<li><a href="#${tag}">${tag}</a></li>`)}
          </ul>
        </nav>
        <main>
          ${tags.map((tag) =>
            section(
              tag,
              entries.filter(({ operation }) => operation.tags[0] === tag),
            ),
          )}
        </main>
      </body>
    </html>`;
}

function section(tag: string, entries: Entry[]): Html {
  return html`<section aria-labelledby="${tag}">
    <h2 id="${tag}">${tag}</h2>
    ${entries.map(details)}
  </section>`;
}

function details({ method, path, operation }: Entry): Html {
  const body = bodyOf(operation);
  return html`<details id="${operation.operationId}">
    <summary>
      <span class="method">${method.toUpperCase()}</span> <code>${path}</code> <span>${operation.summary}</span>
    </summary>
    <p>${operation.description.replaceAll('`', '')}</p>
    <form data-method="${method}" data-path="${path}">
      ${(operation.parameters ?? []).map((parameter) => field(operation, parameter))}
      ${body === null ? '' : bodyField(operation, typeText(body), exampleOf(body))}
      <button type="submit">Send ${method.toUpperCase()} ${path}</button>
    </form>
    <div role="status"></div>
    <p>Answer</p>
    <pre tabindex="0" aria-label="Type of the answer">${typeText(successOf(operation))}</pre>
  </details>`;
}

function field({ operationId }: Operation, parameter: Parameter): Html {
  const { name, schema, description, required } = parameter;
  const id = `${operationId}-${name}`;
  const words = [required ? 'needed' : '', description ?? '', schema.enum ? typeText(schema) : ''].filter(Boolean);
  return html`<label for="${id}"><code>${name}</code> ${words.join('; ')}</label>
    <input id="${id}" name="${name}" data-in="${parameter.in}" autocomplete="off" />`;
}

function bodyField({ operationId }: Operation, type: string, example: unknown): Html {
  const id = `${operationId}-body`;
  return html`<label for="${id}">Body</label>
    <textarea id="${id}" data-in="body" rows="8" spellcheck="false">${JSON.stringify(example, null, 2)}</textarea>
    <pre tabindex="0" aria-label="Type of the body">${type}</pre>`;
}
