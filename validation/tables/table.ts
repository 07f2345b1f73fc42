/** One table of the report: what people read and what programs compare. */
export interface Table {
  readonly id: string;
  readonly title: string;
  /** What is compared with what, in a sentence or two. */
  readonly about: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly notes: readonly string[];
  /** Every single result, for the JSON beside the report. */
  readonly records: readonly object[];
}

/** A number with its sign where errors are signed. */
export const signed = (value: number, digits = 1): string =>
  Number.isFinite(value) ? `${value > 0 ? '+' : ''}${value.toFixed(digits)}` : '-';
export const plain = (value: number, digits = 1): string => (Number.isFinite(value) ? value.toFixed(digits) : '-');
export const percent = (share: number, digits = 1): string =>
  Number.isFinite(share) ? `${signed(100 * share, digits)} %` : '-';

export function markdownOf({ title, about, header, rows, notes }: Table): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    about,
    '',
    line(header),
    line(header.map((_, k) => (k === 0 ? '---' : '---:'))),
    ...rows.map(line),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : []),
    '',
  ].join('\n');
}
