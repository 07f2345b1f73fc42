/** Clients: the list and its search, the record, who may be the same person, merging, erasure. */
import type { Transaction } from 'kysely';
import { api, assertOwn } from '../request/implementer.ts';
import { audited } from '../request/audited.ts';
import { limitTries } from '../request/limit-tries.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { appendAudit } from '../storage/audit.ts';
import type { Tables } from '../storage/tables.ts';
import { ClientIndex, type ClientLine } from './client-index.ts';
import { insertClient, profileOf, readClient, updateClient, type ClientRecord } from './client-record.ts';
import { eraseClient } from './erase-client.ts';
import { exportClient } from './export-client.ts';
import { importClients } from './import-clients.ts';
import { mergeClients } from './merge-clients.ts';
import { personFinder, samePersonGroups } from './same-person.ts';

export const clientIndex = new ClientIndex();

const ENQUIRIES = { what: 'enquiries from an address', most: 10, perMinutes: 60 };

const wireOf = (record: ClientRecord) => ({
  ...record,
  createdAt: record.createdAt.toISOString(),
  updatedAt: record.updatedAt.toISOString(),
});

/** Lines with the next appointment of each. */
async function wireLines(tx: Transaction<Tables>, { studioId, now }: StudioContext, lines: readonly ClientLine[]) {
  const ids = lines.map(({ id }) => id);
  const next =
    ids.length === 0
      ? []
      : await tx
          .selectFrom('appointments')
          .select((of) => ['clientId', of.fn.min<Date>(of.fn<Date>('lower', ['during'])).as('start')])
          .where('studioId', '=', studioId)
          .where('clientId', 'in', ids)
          .where('status', '=', 'booked')
          .where((of) => of(of.fn<Date>('lower', ['during']), '>=', now()))
          .groupBy('clientId')
          .execute();
  const startOf = new Map(next.map(({ clientId, start }) => [clientId, start.toISOString()]));
  return lines.map(({ id, status, name, email, phone, presentation, updatedAt }) => ({
    id,
    status,
    name,
    email,
    phone,
    presentation,
    nextAppointment: startOf.get(id) ?? null,
    updatedAt: updatedAt.toISOString(),
  }));
}

export const clientHandlers = {
  clients: api.clients.handler(({ input: { search = '', status, cursor, limit }, context }) =>
    context.inStudio(async (tx) => {
      const found = (await clientIndex.search(tx, context, search)).filter((line) => !status || line.status === status);
      const from = cursor === undefined ? 0 : Number(cursor);
      if (!(Number.isSafeInteger(from) && from >= 0)) throw refused('input-wrong', 'cursor');
      const items = await wireLines(tx, context, found.slice(from, from + limit));
      return { items, cursor: from + limit < found.length ? String(from + limit) : null };
    }),
  ),

  createClient: api.createClient.handler(({ input: { status, profile, evenIfKnown }, context }) =>
    context.inStudio(async (tx) => {
      const known = personFinder(await clientIndex.lines(tx, context)).mayBe({
        name: profile.name,
        email: profile.email ?? null,
        phone: profile.phone ?? null,
        bornOn: profile.bornOn ?? null,
      });
      const mayBeLines = await wireLines(tx, context, known as ClientLine[]);
      if (known.length > 0 && !evenIfKnown) return { id: null, mayBe: mayBeLines };
      const id = await insertClient(tx, context, status, profileOf(profile));
      await audited(tx, context, 'client.create', { kind: 'client', id }, { status });
      return { id, mayBe: mayBeLines };
    }),
  ),

  enquire: api.enquire.handler(async ({ input: { studioId, name, email, phone, message }, context }) => {
    const { storage, address, now } = context;
    await context.inStudio(async (tx) => {
      // Counted in the same transaction: strangers must not hold one connection while they wait for another.
      await limitTries({ ...storage, db: tx }, ENQUIRIES, `${studioId} ${address}`, now());
      const studio = await tx.selectFrom('studios').select('id').where('id', '=', studioId).executeTakeFirst();
      if (!studio) throw refused('not-found');
      const profile = profileOf({ name, email, phone: phone || null, notes: message, source: 'enquiry form' });
      const id = await insertClient(tx, context, 'enquiry', profile);
      await appendAudit(tx, {
        studioId,
        at: now(),
        actorKind: 'anyone',
        actorId: null,
        action: 'client.enquire',
        subjectKind: 'client',
        subjectId: id,
        detail: {},
      });
    });
    return { ok: true as const };
  }),

  client: api.client.handler(({ input: { id }, context }) => {
    assertOwn(context, id);
    return context.inStudio(async (tx) => wireOf(await readClient(tx, context, id)));
  }),

  changeClient: api.changeClient.handler(({ input: { id, version, status, profile }, context }) =>
    context.inStudio(async (tx) => {
      const before = await readClient(tx, context, id);
      if (before.status === 'merged' || before.status === 'erased') throw refused('not-in-this-state', before.status);
      await updateClient(
        tx,
        context,
        { id, version },
        { ...(status ? { status } : {}), ...(profile ? { profile: { ...before.profile, ...profile } } : {}) },
      );
      const fields = Object.keys(profile ?? {});
      await audited(tx, context, 'client.change', { kind: 'client', id }, { fields, ...(status ? { status } : {}) });
      return wireOf(await readClient(tx, context, id));
    }),
  ),

  duplicates: api.duplicates.handler(({ context }) =>
    context.inStudio(async (tx) => {
      const lines = await clientIndex.lines(tx, context);
      const byId = new Map(lines.map((line) => [line.id, line]));
      const groups = samePersonGroups(lines).slice(0, 100);
      return {
        groups: await Promise.all(
          groups.map(async ({ why, ids }) => ({
            why,
            clients: await wireLines(
              tx,
              context,
              ids.map((id) => byId.get(id)!),
            ),
          })),
        ),
      };
    }),
  ),

  mergeClients: api.mergeClients.handler(({ input: { id, into }, context }) =>
    context.inStudio(async (tx) => {
      await mergeClients(tx, context, id, into);
      return { ok: true as const };
    }),
  ),

  eraseClient: api.eraseClient.handler(({ input: { id, confirmName }, context }) =>
    context.inStudio(async (tx) => ({ kept: await eraseClient(tx, context, id, confirmName) })),
  ),

  importClients: api.importClients.handler(async ({ input: { file, columns, commit }, context }) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return importClients(context, clientIndex, { bytes, commit, ...(columns ? { columns } : {}) });
  }),

  exportClient: api.exportClient.handler(({ input: { id }, context }) => {
    assertOwn(context, id);
    return context.inStudio(async (tx) => {
      const zip = await exportClient(tx, context, id);
      return new File([zip as Uint8Array<ArrayBuffer>], `client-${id}.zip`, { type: 'application/zip' });
    });
  }),
};
