/**
 * Whether the practitioner of an appointment holds the certificate for it on a day: asked again when a session begins,
 * since one may have been taken back, or have run out, after the booking.
 */
import type { Transaction } from 'kysely';
import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { isBookable } from '@stipple/core/course/is-bookable.ts';
import { isPigmentKind, type VisitKind } from '@stipple/core/course/floor.ts';
import type { Tables } from '../storage/tables.ts';
import type { AppointmentRow } from './appointment-rows.ts';
import { wordsFor } from './blocker-words.ts';
import { readCourse } from './course-rows.ts';
import { qualifiedFor, skillOf, type WorkNeed } from './studio-world-of.ts';

/** @returns why not, in words; null when nothing is against it */
export async function certificateTrouble(
  tx: Transaction<Tables>,
  { studioId, kind, courseId, practitionerId }: AppointmentRow,
  day: PlainDay,
): Promise<string | null> {
  if (!isPigmentKind(kind as VisitKind)) return null;
  const need: WorkNeed = courseId === null ? 'any' : { skill: (await readCourse(tx, studioId, courseId)).skill };
  const practitioner = await tx
    .selectFrom('practitioners')
    .select('skills')
    .where('studioId', '=', studioId)
    .where('id', '=', practitionerId)
    .executeTakeFirstOrThrow();
  const certificates = await tx
    .selectFrom('certificates')
    .select(['id', 'skill', 'issuedOn', 'expiresOn'])
    .where('studioId', '=', studioId)
    .where('practitionerId', '=', practitionerId)
    .execute();
  const qualified = qualifiedFor({ ...practitioner, certificates }, need);
  const verdict = isBookable(qualified, { skill: skillOf(need), needsCertificate: true }, day);
  return verdict.kind === 'ok' ? null : wordsFor(verdict);
}
