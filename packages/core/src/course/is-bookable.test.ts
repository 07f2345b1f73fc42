import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/plain-day.ts';
import { seededGenerator } from '../random/generator.ts';
import { isBookable, type Certificate, type Qualified } from './is-bookable.ts';

const NEED = { skill: 'scalp', needsCertificate: true };
const certificate = (
  id: string,
  validFrom: string,
  validThrough: string | null,
  proofId: string | null = 'file',
): Certificate => ({
  id,
  skill: 'scalp',
  validFrom,
  validThrough,
  proofId,
});
const person = (...certificates: Certificate[]): Qualified => ({ skills: ['scalp'], certificates });

describe('isBookable', () => {
  it('holds on the last day printed on the certificate and not on the next', () => {
    const ada = person(certificate('a', '2026-03-01', '2028-02-29'));
    expect(isBookable(ada, NEED, '2028-02-29')).toEqual({ kind: 'ok', through: '2028-02-29' });
    expect(isBookable(ada, NEED, '2028-03-01')).toEqual({
      kind: 'refused',
      code: 'certificate-expired',
      skill: 'scalp',
      certificateId: 'a',
      day: '2028-02-29',
    });
  });

  it('says what is missing: the skill, the certificate, its proof, or its beginning', () => {
    const codeOf = (one: Qualified, need = NEED): string | undefined => {
      const verdict = isBookable(one, need, '2027-06-01');
      return verdict.kind === 'refused' ? verdict.code : 'ok';
    };
    expect(codeOf({ skills: [], certificates: [certificate('a', '2026-01-01', null)] })).toBe('skill-missing');
    expect(codeOf(person())).toBe('certificate-missing');
    expect(codeOf(person({ ...certificate('a', '2026-01-01', null), skill: 'laser' }))).toBe('certificate-missing');
    expect(codeOf(person(certificate('a', '2026-01-01', null, null)))).toBe('certificate-unproven');
    expect(codeOf(person(certificate('a', '2027-06-02', null)))).toBe('certificate-not-yet');
    expect(codeOf(person(), { ...NEED, needsCertificate: false })).toBe('ok');
    expect(codeOf({ skills: [], certificates: [] }, { ...NEED, needsCertificate: false })).toBe('skill-missing');
  });

  it('names the latest that expired, and the first that is to come', () => {
    const day = '2027-06-01';
    const old = person(
      certificate('a', '2020-01-01', '2022-01-01'),
      certificate('b', '2022-01-01', '2027-05-31'),
      certificate('c', '2028-01-01', null),
    );
    expect(isBookable(old, NEED, day)).toMatchObject({ code: 'certificate-expired', certificateId: 'b' });
    const next = person(certificate('a', '2029-01-01', null), certificate('b', '2028-01-01', null));
    expect(isBookable(next, NEED, day)).toMatchObject({
      code: 'certificate-not-yet',
      certificateId: 'b',
      day: '2028-01-01',
    });
  });

  it('is bookable exactly on the days a proven certificate covers (2,000 draws, seed 61)', () => {
    const random = seededGenerator(61);
    for (let i = 0; i < 2000; i++) {
      const held = Array.from({ length: Math.floor(random() * 4) }, (_, k) => {
        const from = addDays('2027-01-01', Math.floor(random() * 60));
        const through = random() < 0.3 ? null : addDays(from, Math.floor(random() * 30));
        return certificate(`c${k}`, from, through, random() < 0.8 ? 'file' : null);
      });
      const day = addDays('2027-01-01', Math.floor(random() * 100));
      const covering = held.filter(
        ({ validFrom, validThrough, proofId }) => proofId && validFrom <= day && (validThrough ?? '9') >= day,
      );
      const verdict = isBookable(person(...held), NEED, day);
      expect(verdict.kind === 'ok').toBe(covering.length > 0);
      if (verdict.kind !== 'ok') continue;
      const through = covering
        .map(({ validThrough }) => validThrough ?? '9')
        .toSorted()
        .at(-1)!;
      expect(verdict.through ?? '9').toBe(through);
    }
  });
});
