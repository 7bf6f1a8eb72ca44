import type { Line } from './line.ts';

const HEAD = ['bench', 'ours', 'peer', 'ratio', 'target', 'met'];

/** The lines for people. `±` is half the interquartile range. */
export function tableOf(lines: readonly Line[]): string {
  const rows = [HEAD, ...lines.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const text = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const notes = lines.flatMap(({ bench, note }) => (note === undefined ? [] : [`${bench}: ${note}`]));
  return [...text, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n');
}

function cellsOf(line: Line): string[] {
  const { ours, peer, unit } = line;
  return [
    line.bench,
    spread(ours, unit),
    peer ? `${spread(peer, unit)} ${peer.name}` : '',
    line.ratio === null ? '' : line.ratio.toFixed(2),
    targetOf(line),
    line.pass === null ? '' : line.pass ? 'yes' : 'no',
  ];
}

function targetOf({ target, measure, unit }: Line): string {
  if (target === null) return '';
  if (measure === 'ratio_at_most') return `≤ ${target}`;
  return measure === 'ratio_at_least' ? `≥ ${target}` : `≤ ${target} ${unit}`;
}

function spread({ median, iqr }: { median: number; iqr: number }, unit: string): string {
  return `${short(median)} ±${short(iqr / 2)} ${unit}`;
}

function short(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}
