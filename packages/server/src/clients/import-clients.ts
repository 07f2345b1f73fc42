/**
 * Clients out of another program's table: looked at first, then stored for good, in pieces (in-pieces.ts).
 *
 * Both steps read the same file; the look changes nothing. A row is new, the same as somebody in the book (by address,
 * number, or name and birthday; those rows are left out), the same as an earlier row, or refused with its reasons.
 * Each piece is judged against the book of its moment, so two imports at once double nobody.
 */
import type { Transaction } from 'kysely';
import { readClients, type ImportedClient } from '@stipple/files/imports/read-clients.ts';
import { readTable } from '@stipple/files/imports/read-table.ts';
import { audited } from '../request/audited.ts';
import type { StudioContext } from '../request/request-context.ts';
import { takeTurns } from '../request/take-turns.ts';
import type { Tables } from '../storage/tables.ts';
import type { ClientIndex } from './client-index.ts';
import { insertClient, profileOf } from './client-record.ts';
import { inPieces } from '../request/in-pieces.ts';
import { personFinder } from './same-person.ts';

export interface ImportReport {
  readonly columns: { heading: string; field: string | null }[];
  readonly rows: { row: number; verdict: 'new' | 'same' | 'refused'; name: string; problems: string[] }[];
  readonly created: number;
}

type ReadRow = ReturnType<typeof readClients>['rows'][number];
interface JudgedRow {
  readonly line: ImportReport['rows'][number];
  /** Null for a row that is not to be stored. */
  readonly fresh: ImportedClient | null;
}

export async function importClients(
  context: StudioContext,
  index: ClientIndex,
  request: {
    readonly bytes: Uint8Array;
    readonly columns?: Readonly<Record<string, string>>;
    readonly commit: boolean;
  },
): Promise<ImportReport> {
  const { columns, rows } = readClients(readTable(request.bytes), request.columns);
  const judge = rowJudge(context, index);
  if (!request.commit) {
    const judged = await context.inStudio((tx) => judge.judge(tx, rows));
    return { columns: [...columns], rows: judged.map(({ line }) => line), created: 0 };
  }
  const report = new Map<number, ImportReport['rows'][number]>();
  const created = await inPieces(context, rows, async (tx, piece) => {
    await takeTurns(tx, [`clients of ${context.studioId}`]);
    const judged = await judge.judge(tx, piece);
    let count = 0;
    for (const { line, fresh } of judged) {
      report.set(line.row, line);
      if (!fresh) continue;
      judge.stored(await insertClient(tx, context, 'active', profileOf(fresh)), line.row);
      count++;
    }
    if (count > 0)
      await audited(tx, context, 'clients.import', { kind: 'studio', id: context.studioId }, { created: count });
    return count;
  });
  return { columns: [...columns], rows: [...report.values()], created };
}

/** Judges rows against the book and each other; knows which clients in the book came from which row. */
function rowJudge(context: StudioContext, index: ClientIndex) {
  const rowOf = new Map<string, string>();
  const known = new Set<string>();
  const book = personFinder([]);

  const judge = async (tx: Transaction<Tables>, rows: readonly ReadRow[]): Promise<JudgedRow[]> => {
    for (const line of await index.lines(tx, context)) {
      if (known.has(line.id)) continue;
      known.add(line.id);
      book.add(line);
    }
    const inPiece = personFinder([]);
    return rows.map(({ row, name, value, problems }) => {
      if (value === null) return { line: { row, name, verdict: 'refused', problems: [...problems] }, fresh: null };
      const same = book.mayBe(value)[0] ?? inPiece.mayBe(value)[0];
      if (same) {
        const id = rowOf.get(same.id) ?? same.id;
        const where = id.startsWith('row ') ? `like ${id}` : `already in the book as ${same.name}`;
        return { line: { row, name, verdict: 'same', problems: [`Left out: ${where}.`] }, fresh: null };
      }
      inPiece.add({ ...value, id: `row ${row}` });
      return { line: { row, name, verdict: 'new', problems: [] }, fresh: value };
    });
  };
  return { judge, stored: (id: string, row: number) => void rowOf.set(id, `row ${row}`) };
}
