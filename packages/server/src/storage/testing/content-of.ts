import { createHash } from 'node:crypto';
import { backedUpTables, copyOutStatement, tidySession } from '../backup/backed-up-tables.ts';
import { copyOut } from '../backup/copy-table.ts';
import type { Database } from '../open-database.ts';

/** The SHA-256 of every table's rows: equal for databases that hold the same, on whatever PostgreSQL. */
export async function contentOf(database: Database): Promise<Record<string, string>> {
  const owner = await database.connectOwner();
  try {
    await tidySession(owner);
    const content: Record<string, string> = {};
    for (const table of await backedUpTables(owner)) {
      const hash = createHash('sha256');
      for await (const part of copyOut(owner, copyOutStatement(table))) hash.update(part as Buffer);
      content[table.name] = hash.digest('hex');
    }
    return content;
  } finally {
    await owner.end();
  }
}
