/** Practitioners, their certificates with proof, and when they are away. */
import type { Transaction } from 'kysely';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { paperTypeOf } from '../request/paper-type-of.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { asJson } from '../storage/connection.ts';
import { InstantRange } from '../storage/instant-range.ts';
import { duplicateOf } from '../storage/sql-state.ts';
import type { Tables } from '../storage/tables.ts';
import { assertExists } from './assert-exists.ts';

const OK = { ok: true as const };
const DAY_MS = 86_400_000;
const LONGEST_ABSENCE_DAYS = 800;

const slugTaken = (error: unknown): unknown =>
  duplicateOf(error)?.includes('slug') ? refused('input-wrong', 'slug: another practitioner has this page') : error;

/** A practitioner changes the own absences; who runs the front desk changes everybody's. */
export function assertMayPlan({ caller }: Pick<StudioContext, 'caller'>, practitionerId: string): void {
  if (caller.kind === 'account' && caller.role === 'practitioner' && caller.practitionerId !== practitionerId)
    throw refused('not-allowed', 'another practitioner’s absences');
}

async function assertStaffAccount(tx: Transaction<Tables>, studioId: string, accountId: string): Promise<void> {
  const row = await tx
    .selectFrom('accounts')
    .select('role')
    .where('studioId', '=', studioId)
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (!row || row.role === 'client') throw refused('not-found');
}

export const practitionerHandlers = {
  createPractitioner: api.createPractitioner.handler(async ({ input: { hours, ...columns }, context }) => {
    const { studioId } = context;
    const id = context.newId();
    try {
      await context.inStudio(async (tx) => {
        await assertExists(tx, 'locations', studioId, columns.locationId);
        await tx
          .insertInto('practitioners')
          .values({ ...columns, studioId, id, hours: asJson(hours) })
          .execute();
        await audited(tx, context, 'practitioner.create', { kind: 'practitioner', id });
      });
    } catch (error) {
      throw slugTaken(error);
    }
    return { id };
  }),

  changePractitioner: api.changePractitioner.handler(async ({ input: { id, hours, ...columns }, context }) => {
    const { studioId } = context;
    const change = { ...columns, ...(hours ? { hours: asJson(hours) } : {}) };
    try {
      await context.inStudio(async (tx) => {
        await assertExists(tx, 'practitioners', studioId, id);
        if (columns.locationId) await assertExists(tx, 'locations', studioId, columns.locationId);
        if (columns.accountId) await assertStaffAccount(tx, studioId, columns.accountId);
        if (Object.keys(change).length > 0)
          await tx
            .updateTable('practitioners')
            .set(change)
            .where('studioId', '=', studioId)
            .where('id', '=', id)
            .execute();
        await audited(
          tx,
          context,
          'practitioner.change',
          { kind: 'practitioner', id },
          { changed: Object.keys(change) },
        );
      });
    } catch (error) {
      throw slugTaken(error);
    }
    return OK;
  }),

  addCertificate: api.addCertificate.handler(async ({ input: { proof, ...columns }, context }) => {
    const { studioId, storage, now } = context;
    if (columns.expiresOn <= columns.issuedOn) throw refused('input-wrong', 'expiresOn: must be after issuedOn');
    const id = context.newId();
    const bytes = proof ? new Uint8Array(await proof.arrayBuffer()) : null;
    const mediaType = bytes ? paperTypeOf(bytes) : null;
    const proofObjectId = bytes ? context.newId() : null;
    await context.inStudio(async (tx) => {
      await assertExists(tx, 'practitioners', studioId, columns.practitionerId);
      if (bytes && mediaType && proofObjectId) {
        const key = await storage.keys.get(tx, { studioId, ownerId: studioId, purpose: 'studio' });
        await storage.files.put(tx, key, { studioId, id: proofObjectId, mediaType, bytes, at: now() });
      }
      await tx
        .insertInto('certificates')
        .values({ ...columns, studioId, id, proofObjectId })
        .execute();
      const { practitionerId, skill, expiresOn } = columns;
      await audited(tx, context, 'certificate.add', { kind: 'certificate', id }, { practitionerId, skill, expiresOn });
    });
    return { id };
  }),

  removeCertificate: api.removeCertificate.handler(async ({ input: { id }, context }) => {
    const { studioId, storage, now } = context;
    await context.inStudio(async (tx) => {
      const row = await tx
        .deleteFrom('certificates')
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .returning(['proofObjectId', 'practitionerId'])
        .executeTakeFirst();
      if (!row) throw refused('not-found');
      if (row.proofObjectId) await storage.files.delete(tx, studioId, row.proofObjectId, now());
      const { practitionerId } = row;
      await audited(tx, context, 'certificate.remove', { kind: 'certificate', id }, { practitionerId });
    });
    return OK;
  }),

  certificateProof: api.certificateProof.handler(({ input: { id }, context: { inStudio, studioId, storage } }) =>
    inStudio(async (tx) => {
      const row = await tx
        .selectFrom('certificates')
        .select('proofObjectId')
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .executeTakeFirst();
      const proof = row?.proofObjectId ? await storage.files.get(tx, studioId, row.proofObjectId) : null;
      if (!proof) throw refused('not-found');
      const ending = proof.mediaType.slice(proof.mediaType.indexOf('/') + 1);
      return new File([new Uint8Array(proof.bytes)], `certificate.${ending}`, { type: proof.mediaType });
    }),
  ),

  absences: api.absences.handler(({ input: { from, to }, context: { inStudio, studioId } }) => {
    const range = rangeOf(from, to);
    return inStudio(async (tx) => {
      const rows = await tx
        .selectFrom('absences')
        .select(['id', 'practitionerId', 'during', 'reason'])
        .where('studioId', '=', studioId)
        .where('during', '&&', range)
        .orderBy('during')
        .execute();
      return {
        items: rows.map(({ during, ...of }) => ({
          ...of,
          start: during.start.toISOString(),
          end: during.end.toISOString(),
        })),
      };
    });
  }),

  addAbsence: api.addAbsence.handler(async ({ input: { practitionerId, start, end, reason }, context }) => {
    const { studioId } = context;
    assertMayPlan(context, practitionerId);
    const during = rangeOf(start, end);
    if (during.end.getTime() - during.start.getTime() > LONGEST_ABSENCE_DAYS * DAY_MS)
      throw refused('input-wrong', 'end: longer than two years');
    const id = context.newId();
    return context.inStudio(async (tx) => {
      await assertExists(tx, 'practitioners', studioId, practitionerId);
      await tx.insertInto('absences').values({ studioId, id, practitionerId, during, reason }).execute();
      const inTheWay = await tx
        .selectFrom('appointments')
        .select('id')
        .where('studioId', '=', studioId)
        .where('practitionerId', '=', practitionerId)
        .where('during', '&&', during)
        .where('status', 'in', ['booked', 'in-progress'])
        .orderBy('during')
        .execute();
      await audited(tx, context, 'absence.add', { kind: 'absence', id }, { practitionerId, start, end });
      return { id, appointmentsInTheWay: inTheWay.map((row) => row.id) };
    });
  }),

  removeAbsence: api.removeAbsence.handler(async ({ input: { id }, context }) => {
    const { studioId } = context;
    await context.inStudio(async (tx) => {
      const row = await tx
        .deleteFrom('absences')
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .returning('practitionerId')
        .executeTakeFirst();
      if (!row) throw refused('not-found');
      // Thrown inside the transaction, so it stays.
      assertMayPlan(context, row.practitionerId);
      await audited(tx, context, 'absence.remove', { kind: 'absence', id }, { practitionerId: row.practitionerId });
    });
    return OK;
  }),
};

function rangeOf(start: string, end: string): InstantRange {
  const [from, to] = [new Date(start), new Date(end)];
  if (!(from < to)) throw refused('input-wrong', 'end: must be after start');
  return new InstantRange(from, to);
}
