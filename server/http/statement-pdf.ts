import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';
import type { StatementDocument } from '../modules/statement/export.ts';
import { type DocumentLanguage, words } from '../modules/statement/words.ts';

const require = createRequire(import.meta.url);
/** Embedded in part: the fonts every PDF reader has know Western European letters only. */
const FONT = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const BOLD = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

/** Points: A4 with 20 mm at each side. */
const MARGIN = 57;
const COLUMNS = [80, 180, 121, 100] as const;
const LINE = 18;

/** A statement as a PDF, drawn while its lines are read. */
export function statementPdf(document: StatementDocument, language: DocumentLanguage): Readable {
  const pdf = new PDFDocument({ size: 'A4', margin: MARGIN, lang: language, info: { Title: document.statement.id } });
  draw(pdf, document, language).then(
    () => pdf.end(),
    (error: unknown) => pdf.destroy(error as Error),
  );
  return pdf as unknown as Readable;
}

async function draw(pdf: PDFKit.PDFDocument, { statement, lines }: StatementDocument, language: DocumentLanguage) {
  const say = words[language];
  pdf
    .font(BOLD)
    .fontSize(16)
    .text(`${say.statement} ${statement.month.slice(0, 7)}`);
  pdf.font(FONT).fontSize(9).moveDown(0.5).text(statement.company);
  pdf.text(`${say.currency}: ${statement.currency}`).text(statement.id).moveDown();
  const row = (font: string, cells: readonly string[]) => {
    if (pdf.y + LINE > pdf.page.height - MARGIN) pdf.addPage();
    const { y } = pdf;
    let x = MARGIN;
    pdf.font(font).fontSize(9);
    cells.forEach((cell, at) => {
      const width = COLUMNS[at]!;
      pdf.text(cell, x, y, { width, height: LINE, ellipsis: true, align: at === cells.length - 1 ? 'right' : 'left' });
      x += width;
    });
    pdf.x = MARGIN;
    pdf.y = y + LINE;
  };
  row(BOLD, [say.day, say.entry, say.reference, say.amount]);
  row(BOLD, ['', say.opening, '', statement.opening]);
  for await (const { day, kind, number, amount } of lines) row(FONT, [day, say.kinds[kind], number, amount]);
  row(BOLD, ['', say.closing, '', statement.closing]);
  pdf.moveDown().font(FONT).fontSize(8).text(say.taxNote, MARGIN, pdf.y, { width: 481 });
}
