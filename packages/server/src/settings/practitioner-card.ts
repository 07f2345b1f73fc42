/** A practitioner as the studio sees one: certificates, and which skills may be booked today. */
import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { type BookableVerdict, isBookable } from '@stipple/core/course/is-bookable.ts';
import { SKILLS } from '@stipple/files/wire/settings.ts';
import type { Selectable } from 'kysely';
import type { Certificates, Practitioners } from '../storage/tables.ts';

export type Skill = (typeof SKILLS)[number];
type Span = { from: number; to: number };

/** A certificate for the craft as a whole covers every skill; its paper is for whoever asks to see it. */
function verdictOf(
  skills: readonly string[],
  certificates: readonly Selectable<Certificates>[],
  skill: Skill,
  day: PlainDay,
) {
  const held = certificates
    .filter((of) => of.skill === skill || of.skill === 'smp')
    .map(({ id, issuedOn, expiresOn }) => ({
      id,
      skill,
      validFrom: issuedOn,
      validThrough: expiresOn,
      proofId: id,
    }));
  return isBookable({ skills, certificates: held }, { skill, needsCertificate: true }, day);
}

function whyOf(verdict: BookableVerdict): string {
  if (verdict.kind === 'ok') return verdict.through ? `Certificate valid through ${verdict.through}.` : '';
  switch (verdict.code) {
    case 'skill-missing':
      return 'Not among the skills of this practitioner.';
    case 'certificate-expired':
      return `The certificate expired on ${verdict.day}.`;
    case 'certificate-not-yet':
      return `The certificate is valid only from ${verdict.day}.`;
    default:
      return 'No certificate is on file.';
  }
}

export const certificateWire = ({ proofObjectId, ...of }: Selectable<Certificates>) => ({
  id: of.id,
  skill: of.skill as Skill | 'smp',
  title: of.title,
  issuer: of.issuer,
  number: of.number,
  issuedOn: of.issuedOn,
  expiresOn: of.expiresOn,
  hasProof: proofObjectId !== null,
});

export function practitionerCard(
  row: Selectable<Practitioners>,
  certificates: readonly Selectable<Certificates>[],
  today: PlainDay,
) {
  const { id, locationId, accountId, name, skills, hours, maxMinutesADay, slug, biography, active } = row;
  return {
    id,
    locationId,
    accountId,
    name,
    skills: skills as Skill[],
    hours: hours as { weekly: Span[][] },
    maxMinutesADay,
    slug,
    biography,
    active,
    certificates: certificates.map(certificateWire),
    bookable: SKILLS.map((skill) => {
      const verdict = verdictOf(skills, certificates, skill, today);
      return { skill, isBookable: verdict.kind === 'ok', why: whyOf(verdict) };
    }),
  };
}
