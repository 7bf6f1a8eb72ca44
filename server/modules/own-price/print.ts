import { html } from 'hono/html';
import { parseTerm } from '../../../hooks/prices/term.ts';

/** What stands on a printed price list: the reseller's name and prices, nothing of the provider's. */
export interface PrintedList {
  heading: string;
  note: string | null;
  currency: string;
  tax: 'net' | 'gross';
  /** YYYY-MM-DD. */
  day: string;
  language: 'en' | 'de';
  products: {
    title: string;
    lines: { title: string; term: string; charge: 'price' | 'setup'; price: string }[];
  }[];
}

const WORDS = {
  en: {
    title: 'Price list',
    as: 'As of',
    part: 'Product',
    term: 'Term',
    price: 'Price',
    setup: 'set-up, once',
    once: 'once',
    net: 'All prices without tax.',
    gross: 'All prices with tax.',
    units: { D: ['day', 'days'], W: ['week', 'weeks'], M: ['month', 'months'], Y: ['year', 'years'] },
  },
  de: {
    title: 'Preisliste',
    as: 'Stand',
    part: 'Produkt',
    term: 'Laufzeit',
    price: 'Preis',
    setup: 'Einrichtung, einmalig',
    once: 'einmalig',
    net: 'Alle Preise ohne Steuer.',
    gross: 'Alle Preise mit Steuer.',
    units: { D: ['Tag', 'Tage'], W: ['Woche', 'Wochen'], M: ['Monat', 'Monate'], Y: ['Jahr', 'Jahre'] },
  },
} as const;

/** A page that needs nothing from anywhere: it can be saved, printed and sent. */
export function printList({ heading, note, currency, tax, day, language, products }: PrintedList): string {
  const words = WORDS[language];
  const term = (code: string) => {
    const found = parseTerm(code);
    if (!found) return words.once;
    const [one, many] = words.units[found.unit];
    return `${found.count} ${found.count === 1 ? one : many}`;
  };
  const row = (line: PrintedList['products'][number]['lines'][number]) =>
    html`<tr>
      <td>${line.title}</td>
      <td>${term(line.term)}${line.charge === 'setup' ? `, ${words.setup}` : ''}</td>
      <td>${line.price} ${currency}</td>
    </tr>`;
  const table = (product: PrintedList['products'][number]) =>
    html` <h2>${product.title}</h2>
      <table>
        <thead>
          <tr>
            <th>${words.part}</th>
            <th>${words.term}</th>
            <th>${words.price}</th>
          </tr>
        </thead>
        <tbody>
          ${product.lines.map(row)}
        </tbody>
      </table>`;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${heading}: ${words.title}</title>
        <style>
          body {
            font: 11pt/1.5 sans-serif;
            margin: 2cm auto;
            max-width: 18cm;
            color: #111;
          }
          table {
            border-collapse: collapse;
            width: 100%;
            break-inside: avoid;
          }
          th,
          td {
            border-bottom: 1px solid #ccc;
            padding: 0.25em 0.5em 0.25em 0;
            text-align: left;
          }
          th:last-child,
          td:last-child {
            text-align: right;
            font-variant-numeric: tabular-nums;
          }
          h2 {
            font-size: 1.1em;
            margin: 1.5em 0 0.25em;
            break-after: avoid;
          }
        </style>
      </head>
      <body>
        <h1>${heading}</h1>
        <p>${words.title}. ${words.as} ${day}. ${words[tax]}</p>
        ${products.map(table)} ${note === null ? '' : html`<p>${note}</p>`}
      </body>
    </html>`.toString();
}
