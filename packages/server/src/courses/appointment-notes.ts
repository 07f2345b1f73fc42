/**
 * What about an appointment is readable only with the client's key: the note on it and the client's name.
 *
 * Staff read both; a client reads the own name; a program only with a token that may read clients. Where a key was
 * destroyed there is nothing left to read.
 */
import type { Transaction } from 'kysely';
import type { KnownCaller, StudioContext } from '../request/request-context.ts';
import { openJson, sealJson } from '../storage/keys/seal.ts';
import { ask } from '../storage/batching-dialect.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import type { Tables } from '../storage/tables.ts';

type NoteContext = Pick<StudioContext, 'studioId' | 'storage' | 'caller'>;

/** Null for an empty note. */
export async function sealNote(
  tx: Transaction<Tables>,
  { studioId, storage }: Pick<NoteContext, 'studioId' | 'storage'>,
  { id, clientId }: { readonly id: string; readonly clientId: string },
  note: string,
): Promise<Buffer | null> {
  if (note === '') return null;
  const key = await storage.keys.get(tx, { studioId, ownerId: clientId, purpose: 'care' });
  return sealJson(key.bytes, sealedPlaces.appointment(studioId, id), note);
}

/** The note as it is, with a line more. */
export async function addToNote(
  tx: Transaction<Tables>,
  context: Pick<NoteContext, 'studioId' | 'storage'>,
  row: { readonly id: string; readonly clientId: string; readonly sealed: Buffer | null },
  line: string,
): Promise<Buffer | null> {
  const { studioId, storage } = context;
  if (line === '') return row.sealed;
  if (row.sealed === null) return sealNote(tx, context, row, line);
  const key = await storage.keys.get(tx, { studioId, ownerId: row.clientId, purpose: 'care' });
  const before = openJson(key.bytes, sealedPlaces.appointment(studioId, row.id), row.sealed);
  return sealNote(tx, context, row, `${String(before)}\n${line}`);
}

export const isClient = (caller: KnownCaller): boolean => caller.kind === 'account' && caller.role === 'client';

const mayReadNames = (caller: KnownCaller): boolean =>
  caller.kind === 'account' || caller.scopes.includes('clients:read');
const mayReadNotes = (caller: KnownCaller): boolean => mayReadNames(caller) && !isClient(caller);

export interface Readable {
  name(clientId: string): string | null;
  note(row: { readonly id: string; readonly clientId: string; readonly sealed: Buffer | null }): string;
}

/** What names are read from, as the database has it. */
export interface SealedClient {
  readonly id: string;
  readonly sealed: Buffer | null;
  /** Null once destroyed. */
  readonly keyId: string | null;
  readonly wrapped: Buffer | null;
}

export const SEALED_CLIENT = `clients.id, clients.sealed, care.id as "keyId", care.wrapped`;
/**
 * For a statement over clients that asks for {@link SEALED_CLIENT}; $1 is the studio. Each key by its index, however
 * many: the limit keeps the database from reading all keys for a long list.
 */
export const WITH_CARE_KEY = `
  left join lateral (
    select id, wrapped from keys
    where studio_id = $1 and owner_id = clients.id and purpose = 'care' and wrapped is not null limit 1
  ) care on true`;
const sealedClients = (ids: string): string => `
  select ${SEALED_CLIENT} from clients ${WITH_CARE_KEY} where clients.studio_id = $1 and clients.id = ${ids}`;
// For a list the database guesses at ten: so wrong for one that it would rather plan each time anew.
const [ONE_CLIENT, SOME_CLIENTS] = [sealedClients('$2'), sealedClients('any($2::uuid[])')];

const NOTHING: Readable = { name: () => null, note: () => '' };

/** Names of the clients of these rows, and their notes, as far as the caller may read them. */
export async function readReadables(
  tx: Transaction<Tables>,
  context: NoteContext,
  rows: readonly { readonly clientId: string }[],
): Promise<Readable> {
  const ids = [...new Set(rows.map(({ clientId }) => clientId))];
  if (ids.length === 0 || !mayReadNames(context.caller)) return NOTHING;
  const [question, whose] = ids.length === 1 ? [ONE_CLIENT, ids[0]] : [SOME_CLIENTS, ids];
  return readableOf(context, await ask<SealedClient>(tx, question, [context.studioId, whose])());
}

/** The same for clients that were read already. */
export function readableOf({ studioId, storage, caller }: NoteContext, clients: readonly SealedClient[]): Readable {
  if (!mayReadNames(caller)) return NOTHING;
  const keys = new Map(
    clients.flatMap(({ id, keyId, wrapped }) =>
      keyId === null ? [] : [[id, storage.keys.unwrap({ studioId, id: keyId, wrapped })] as const],
    ),
  );
  const names = new Map(
    clients.map((client) => {
      const key = keys.get(client.id);
      if (!key || !client.sealed) return [client.id, null] as const;
      // Only the name: what else a record holds may follow older rules.
      const opened = openJson(key.bytes, sealedPlaces.profile(studioId, client.id), client.sealed) as {
        name?: unknown;
      };
      return [client.id, typeof opened.name === 'string' ? opened.name : null] as const;
    }),
  );
  return {
    name: (clientId) => names.get(clientId) ?? null,
    note: (row) => {
      const key = keys.get(row.clientId);
      if (!row.sealed || !key || !mayReadNotes(caller)) return '';
      return String(openJson(key.bytes, sealedPlaces.appointment(studioId, row.id), row.sealed));
    },
  };
}
