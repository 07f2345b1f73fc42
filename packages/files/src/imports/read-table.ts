/**
 * Reads a table that another program exported: CSV with whatever separator and character set it happened to use.
 *
 * In: the file's bytes. Out: headings and rows of text, as they stand, trimmed. Separators are found by trying (comma,
 * semicolon, tab, pipe). Characters: UTF-8 or UTF-16 by their mark, UTF-8 when the bytes are valid UTF-8, else
 * Windows-1252, which is what office programs write.
 *
 * Refuses files that are no table, tables without a heading row, and those beyond 100,000 rows or 200 columns. Does not
 * guess what a column means: see `columns-of.ts`.
 */
import Papa from 'papaparse';
import { Refusal } from '@stipple/core/units/refusal.ts';

export interface Table {
  readonly headings: readonly string[];
  /** As many cells as headings in each. */
  readonly rows: readonly (readonly string[])[];
}

const MAX_ROWS = 100_000;
const MAX_COLUMNS = 200;
const MAX_CELL = 20_000;

/** @throws Refusal 'file-unusable' */
export function readTable(bytes: Uint8Array): Table {
  const text = textOf(bytes);
  if (text.trim() === '') throw new Refusal('file-unusable', 'an empty table');
  if (text.includes('\0')) throw new Refusal('file-unusable', 'not a CSV file');
  const { data } = Papa.parse<string[]>(text, {
    delimitersToGuess: [',', ';', '\t', '|'],
    skipEmptyLines: 'greedy',
    preview: MAX_ROWS + 2,
  });
  const [head, ...body] = data.map((cells) => cells.map((cell) => cell.trim()));
  if (!head || head.every((cell) => cell === '')) throw new Refusal('file-unusable', 'a table without a heading row');
  if (head.length > MAX_COLUMNS) throw new Refusal('file-unusable', `a table of ${head.length} columns`);
  if (body.length > MAX_ROWS) throw new Refusal('file-unusable', `a table of more than ${MAX_ROWS} rows`);
  if (body.some((cells) => cells.some((cell) => cell.length > MAX_CELL))) {
    throw new Refusal('file-unusable', 'a cell longer than a page; is a quotation mark missing');
  }
  return { headings: head, rows: body.map((cells) => head.map((_, i) => cells[i] ?? '')) };
}

function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
