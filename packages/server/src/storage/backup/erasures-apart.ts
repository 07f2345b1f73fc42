/**
 * Erasures reach backups too: who was erased is written down beside them, and applied when an older one is restored.
 *
 * Beside that, the wrapped keys in the backups of the folder itself are destroyed, so that they do not open even for
 * somebody who has the master key. A backup that was carried elsewhere keeps its keys; for it there is the list.
 *
 * An entry holds ids, and what the law keeps of the client, sealed as it is in the database.
 */
import { existsSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { ClientBase } from 'pg';
import { inEveryStudio } from '../in-studio.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { makingName } from '../making-name.ts';
import type { Tables } from '../tables.ts';
import { blankTypedTexts } from './blank-typed-texts.ts';
import { KEYS_TABLE, backupsIn, fileOfTable, placeOf, readHeader, readManifest } from './backup-folder.ts';
import { readSealedFile, readWhole, writeSealedFile } from './sealed-file.ts';

export interface ErasedClient {
  readonly studioId: string;
  readonly clientId: string;
  readonly at: string;
  /** What is kept for recalls, sealed; hexadecimal. */
  readonly legalSealed: string | null;
  readonly legalUntil: string | null;
}

export interface DestroyedKey {
  readonly studioId: string;
  readonly id: string;
  readonly at: string;
}

export interface Erasures {
  readonly clients: readonly ErasedClient[];
  readonly keys: readonly DestroyedKey[];
}

const FILE = 'erasures.json';
export const NO_ERASURES: Erasures = { clients: [], keys: [] };

export async function erasuresIn(owner: Kysely<Tables>): Promise<Erasures> {
  return inEveryStudio(owner, async (tx) => ({
    clients: (
      await tx
        .selectFrom('erasures')
        .innerJoin('clients', (join) =>
          join.onRef('clients.studioId', '=', 'erasures.studioId').onRef('clients.id', '=', 'erasures.clientId'),
        )
        .select(['erasures.studioId', 'clientId', 'at', 'legalSealed', 'legalUntil'])
        .execute()
    ).map((row) => ({ ...row, at: row.at.toISOString(), legalSealed: row.legalSealed?.toString('hex') ?? null })),
    keys: (
      await tx
        .selectFrom('keys')
        .select(['studioId', 'id', 'destroyedAt'])
        .where('destroyedAt', 'is not', null)
        .execute()
    ).map(({ studioId, id, destroyedAt }) => ({ studioId, id, at: destroyedAt!.toISOString() })),
  }));
}

export function erasuresBeside(folder: string): Erasures {
  const path = join(folder, FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Erasures) : NO_ERASURES;
}

/** Of keys that were destroyed, those that the list beside the backups does not have. */
export function unknownTo(folder: string, { keys }: Erasures): DestroyedKey[] {
  const known = new Set(erasuresBeside(folder).keys.map(({ id }) => id));
  return keys.filter(({ id }) => !known.has(id));
}

/** Of lists that may overlap; the later entry of a client holds. */
export function joined(...lists: readonly Erasures[]): Erasures {
  const byId = <Entry>(entries: readonly Entry[], idOf: (entry: Entry) => string): Entry[] => [
    ...new Map(entries.map((entry) => [idOf(entry), entry])).values(),
  ];
  return {
    clients: byId(
      lists.flatMap(({ clients }) => clients),
      ({ studioId, clientId }) => `${studioId}/${clientId}`,
    ),
    keys: byId(
      lists.flatMap(({ keys }) => keys),
      ({ studioId, id }) => `${studioId}/${id}`,
    ),
  };
}

/** Writes the list beside the backups of a folder and destroys the keys in each that is sealed with this master key. */
export async function eraseFromBackups(folder: string, erasures: Erasures, master: MasterKey): Promise<void> {
  const all = joined(erasuresBeside(folder), erasures);
  const making = makingName(join(folder, FILE));
  await writeFile(making, JSON.stringify(all, null, 1), { mode: 0o600, flush: true });
  await rename(making, join(folder, FILE));
  const destroyedAt = new Map(all.keys.map(({ studioId, id, at }) => [`${studioId}/${id}`, at]));
  for (const name of backupsIn(folder)) await destroyKeysOf(join(folder, name), destroyedAt, master);
}

/** Nothing is written when none of them is in it any more. */
async function destroyKeysOf(
  backup: string,
  destroyedAt: ReadonlyMap<string, string>,
  master: MasterKey,
): Promise<void> {
  const header = readHeader(backup);
  if (header.keyFingerprint !== master.fingerprint) return;
  const { tables } = await readManifest(backup, header, master);
  const columns = tables.find(({ name }) => name === KEYS_TABLE)?.columns ?? [];
  const [studioId, id, wrapped, at] = ['studio_id', 'id', 'wrapped', 'destroyed_at'].map((name) =>
    columns.indexOf(name),
  );
  const path = join(backup, fileOfTable(KEYS_TABLE));
  const place = placeOf(header.id, KEYS_TABLE);
  const text = (await readWhole(readSealedFile(path, master.derive('backup'), place))).toString();
  const scrubbed = text
    .split('\n')
    .map((line) => {
      const fields = line.split('\t');
      const erased = destroyedAt.get(`${fields[studioId!]}/${fields[id!]}`);
      if (!erased || fields[wrapped!] === String.raw`\N`) return line;
      return fields
        .with(wrapped!, String.raw`\N`)
        .with(at!, erased)
        .join('\t');
    })
    .join('\n');
  if (scrubbed === text) return;
  const making = makingName(path);
  try {
    await writeSealedFile(making, master.derive('backup'), place, [Buffer.from(scrubbed)]);
    await rename(making, path);
  } finally {
    await rm(making, { force: true });
  }
}

/** Erases again what was erased after the backup was made. Returns how many clients it concerned. */
export async function replayErasures(owner: ClientBase, { clients, keys }: Erasures): Promise<number> {
  for (const { studioId, id, at } of keys)
    await owner.query(
      `update keys set wrapped = null, destroyed_at = $3 where studio_id = $1 and id = $2 and wrapped is not null`,
      [studioId, id, at],
    );
  let replayed = 0;
  for (const { studioId, clientId, at, legalSealed, legalUntil } of clients) {
    const { rowCount } = await owner.query(
      `update clients set status = 'erased', sealed = null, merged_into = null, legal_sealed = $3, legal_until = $4
       where studio_id = $1 and id = $2 and status <> 'erased'`,
      [studioId, clientId, legalSealed === null ? null : Buffer.from(legalSealed, 'hex'), legalUntil],
    );
    if (!rowCount) continue;
    replayed++;
    for (const table of ['photos', 'messages', 'accounts'])
      await owner.query(`delete from ${table} where studio_id = $1 and client_id = $2`, [studioId, clientId]);
    await blankTypedTexts((statement, values) => owner.query(statement, [...values]), studioId, clientId);
    await owner.query('insert into erasures values ($1, $2, $3)', [studioId, clientId, at]);
  }
  return replayed;
}
