import type { Storage } from '../../storage/storage.ts';

/** From so many rows of `table` on, no transaction begins any more, as when the database is gone. @returns undoes it */
export function loseConnectionAt(storage: Storage, table: 'clients' | 'appointments', rows: number): () => void {
  const real = storage.inStudio;
  const inStudio: Storage['inStudio'] = async (studioId, work, options) => {
    const there = await storage.inEveryStudio((tx) => tx.selectFrom(table).select('id').execute());
    if (there.length >= rows) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    return real(studioId, work, options);
  };
  Object.assign(storage, { inStudio });
  return () => void Object.assign(storage, { inStudio: real });
}
