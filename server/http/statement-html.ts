import { html, raw } from 'hono/html';
import type { StatementDocument } from '../modules/statement/export.ts';
import { type DocumentLanguage, words } from '../modules/statement/words.ts';

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#111}
table{border-collapse:collapse;width:100%}th,td{padding:.3rem .5rem;border-bottom:1px solid #ccc;text-align:start}
.n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}tr{break-inside:avoid}thead{display:table-header-group}
@media print{body{margin:0;max-width:none}@page{margin:18mm}}`;

/** A statement as a page to print, line by line: nothing of it but text that is escaped. */
export async function* statementHtml({ statement, lines }: StatementDocument, language: DocumentLanguage) {
  const say = words[language];
  const sum = (label: string, amount: string) =>
    html`<tr>
      <th colspan="3">${label}</th>
      <td class="n"><strong>${amount}</strong></td>
    </tr>`;
  const heading = `${say.statement} ${statement.month.slice(0, 7)}`;
  yield await html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${heading}</title>
        <meta name="viewport" content="width=device-width" />
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <h1>${heading}</h1>
        <p>${statement.company}<br />${say.currency}: ${statement.currency}<br />${statement.id}</p>
        <table>
          <thead>
            <tr>
              <th>${say.day}</th>
              <th>${say.entry}</th>
              <th>${say.reference}</th>
              <th class="n">${say.amount}</th>
            </tr>
          </thead>
          <tbody>
            ${sum(say.opening, statement.opening)}
          </tbody>
        </table>
      </body>
    </html>`.toString();
  for await (const { day, kind, number, amount } of lines) {
    yield html`<tr>
      <td>${day}</td>
      <td>${say.kinds[kind]}</td>
      <td>${number}</td>
      <td class="n">${amount}</td>
    </tr> `.toString();
  }
  yield html`${sum(say.closing, statement.closing)}</tbody></table><p>${say.taxNote}</p></body></html>`.toString();
}
