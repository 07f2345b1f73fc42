/**
 * Clients out of another program's table: looked at first, then stored for good.
 *
 * Both steps read the same file; the look changes nothing. A row is new, the same as somebody in the book (by address,
 * number, or name and birthday; those rows are left out), the same as an earlier row, or refused with its reasons.
 */
import type { Transaction } from 'kysely';
import { readClients, type ImportedClient } from '@stipple/files/imports/read-clients.ts';
import { readTable } from '@stipple/files/imports/read-table.ts';
import { audited } from '../request/audited.ts';
import type { StudioContext } from '../request/request-context.ts';
import type { Tables } from '../storage/tables.ts';
import type { ClientIndex } from './client-index.ts';
import { insertClient, profileOf } from './client-record.ts';
import { personFinder } from './same-person.ts';

export interface ImportReport {
  readonly columns: { heading: string; field: string | null }[];
  readonly rows: { row: number; verdict: 'new' | 'same' | 'refused'; name: string; problems: string[] }[];
  readonly created: number;
}

export async function importClients(
  tx: Transaction<Tables>,
  context: StudioContext,
  index: ClientIndex,
  request: {
    readonly bytes: Uint8Array;
    readonly columns?: Readonly<Record<string, string>>;
    readonly commit: boolean;
  },
): Promise<ImportReport> {
  const { columns, rows } = readClients(readTable(request.bytes), request.columns);
  const find = personFinder(await index.lines(tx, context));
  const fresh: ImportedClient[] = [];
  const report = rows.map(({ row, name, value, problems }) => {
    if (value === null) return { row, name, verdict: 'refused' as const, problems: [...problems] };
    const [known] = find.mayBe(value);
    if (known) {
      const where = known.id.startsWith('row ') ? `like ${known.id}` : `already in the book as ${known.name}`;
      return { row, name, verdict: 'same' as const, problems: [`Left out: ${where}.`] };
    }
    find.add({ ...value, id: `row ${row}` });
    fresh.push(value);
    return { row, name, verdict: 'new' as const, problems: [] };
  });
  if (!request.commit) return { columns: [...columns], rows: report, created: 0 };
  for (const client of fresh) await insertClient(tx, context, 'active', profileOf(client));
  await audited(tx, context, 'clients.import', { kind: 'studio', id: context.studioId }, { created: fresh.length });
  return { columns: [...columns], rows: report, created: fresh.length };
}
