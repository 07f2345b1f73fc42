/**
 * Whether a practitioner may be booked for a kind of work on a day: has the skill, and where the studio asks for
 * proof, a certificate with its proof on file that holds on that day.
 *
 * A certificate holds from its first day through the last day printed on it. It is asked for the day of the session,
 * not the day of booking: one that runs out in between is found when the course is planned, not at the door. A
 * renewed certificate stands beside the old one. Does not judge whether a certificate is worth anything.
 */
import type { PlainDay } from '../calendar/plain-day.ts';

export interface Certificate {
  readonly id: string;
  readonly skill: string;
  readonly validFrom: PlainDay;
  /** The last day on which it holds; null: it does not expire. */
  readonly validThrough: PlainDay | null;
  /** The file that proves it; null: nobody has shown it. */
  readonly proofId: string | null;
}

export interface Qualified {
  readonly skills: readonly string[];
  readonly certificates: readonly Certificate[];
}

export interface SkillNeed {
  readonly skill: string;
  /** Whether the studio lets only certified practitioners do it. */
  readonly needsCertificate: boolean;
}

export type BookableVerdict =
  | {
      readonly kind: 'ok';
      /** The last day on which this stays so; null: without end, as far as is known. */
      readonly through: PlainDay | null;
    }
  | { readonly kind: 'refused'; readonly code: 'skill-missing' | 'certificate-missing'; readonly skill: string }
  | {
      readonly kind: 'refused';
      readonly code: 'certificate-unproven' | 'certificate-expired' | 'certificate-not-yet';
      readonly skill: string;
      readonly certificateId: string;
      /** Last day of the one that expired, first day of the one that does not hold yet; null for want of proof. */
      readonly day: PlainDay | null;
    };

/** Whether `practitioner` may do this work on `day`; when not, the reason nearest to a remedy. */
export function isBookable(practitioner: Qualified, need: SkillNeed, day: PlainDay): BookableVerdict {
  const { skill, needsCertificate } = need;
  if (!practitioner.skills.includes(skill)) return { kind: 'refused', code: 'skill-missing', skill };
  if (!needsCertificate) return { kind: 'ok', through: null };

  const held = practitioner.certificates.filter((certificate) => certificate.skill === skill);
  const holds = held.filter(
    ({ validFrom, validThrough }) => validFrom <= day && (validThrough === null || day <= validThrough),
  );
  const proven = holds.filter(({ proofId }) => proofId !== null);
  if (proven.length > 0) {
    const ends = proven.map(({ validThrough }) => validThrough);
    return { kind: 'ok', through: ends.includes(null) ? null : (ends as PlainDay[]).reduce((a, b) => (a > b ? a : b)) };
  }
  const refuse = (
    code: 'certificate-unproven' | 'certificate-expired' | 'certificate-not-yet',
    certificate: Certificate,
    on: PlainDay | null,
  ): BookableVerdict => ({ kind: 'refused', code, skill, certificateId: certificate.id, day: on });

  if (holds.length > 0) return refuse('certificate-unproven', holds[0], null);
  const past = held.filter(({ validThrough }) => validThrough !== null && validThrough < day);
  if (past.length > 0) {
    const latest = past.reduce((a, b) => (a.validThrough! >= b.validThrough! ? a : b));
    return refuse('certificate-expired', latest, latest.validThrough);
  }
  if (held.length > 0) {
    const next = held.reduce((a, b) => (a.validFrom <= b.validFrom ? a : b));
    return refuse('certificate-not-yet', next, next.validFrom);
  }
  return { kind: 'refused', code: 'certificate-missing', skill };
}
