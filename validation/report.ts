/** The report that `npm run validate` keeps: as text for people, and every single result as JSON for programs. */
import type { KnownHead } from './heads/known-head.ts';
import type { LoadedHeads } from './heads/load-heads.ts';
import { markdownOf } from './tables/table.ts';
import type { Table } from './tables/table.ts';

export interface Report {
  readonly version: string;
  readonly heads: readonly KnownHead[];
  readonly missing: LoadedHeads['missing'];
  readonly tables: readonly Table[];
}

export function reportText({ version, heads, missing, tables }: Report): string {
  return [
    `# Validation of Stipple ${version}`,
    '',
    'Written by `npm run validate`; do not edit. Photos are rendered from known heads by known cameras (validation/render);',
    'the networks, the solution and the plan are the product’s own. Nothing measured here is a person’s photo.',
    '',
    'Tables 2 to 6 grade persons apart from scans. A person has the length, breadth, height and size of face of a man drawn',
    'from ANSUR II and, carried to them by the product’s own stretch, the shape of a random head of ICT-FaceKit',
    '(validation/heads/like-person.ts): proportions are those of men, shapes those of a model. The scans are two: a CT whose',
    'lower face is not its own, and a scan over a bald cap with hair under it, whose cranium is large for its face.',
    '',
    '## Heads',
    '',
    '| head | source | template fitted to it |',
    '| --- | --- | --- |',
    ...heads.map(({ name, source, isFitted }) => `| ${name} | ${source} | ${isFitted ? 'yes' : 'no'} |`),
    ...missing.map(({ name, reason }) => `| ${name} | missing: ${reason} | |`),
    '',
    ...tables.map(markdownOf),
  ].join('\n');
}

export function reportRecords({ version, heads, missing, tables }: Report): string {
  const record = {
    version,
    heads: heads.map(({ name, source, isFitted }) => ({ name, source, isFitted })),
    missing,
    tables: tables.map(({ id, header, rows, records }) => ({ id, header, rows, records })),
  };
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value;
  return `${JSON.stringify(record, rounded, 1)}\n`;
}
