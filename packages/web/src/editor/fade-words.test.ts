import { FADE_FACTOR_NAMES, FADE_OPPOSITES } from '@stipple/core/forecast/fade-forecast.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import { describe, expect, it } from 'vitest';
import { driversInWords, FADE_CHECKS, FADE_QUESTIONS, fadeChecks, healingInWords } from './fade-words.ts';

const { forecast } = summarisePlan(
  realisePlan(sampleDocument({ fading: ['scar', 'dark-skin'], presentation: { kind: 'fut-scar' } }), sampleReserve()),
);

describe('what makes work fade', () => {
  it('is asked for with opposites as answers of one question, and with everything that is known before the work', () => {
    const answers = FADE_QUESTIONS.map((question) => question.answers.map(([factor]) => factor));
    expect(answers).toEqual(FADE_OPPOSITES);
    const unasked = FADE_FACTOR_NAMES.filter((factor) => ![...answers.flat(), ...FADE_CHECKS].includes(factor));
    expect(unasked).toEqual(['scar', 'shallow-work']);
  });

  it('can be taken off again when an opened plan says what is not asked for', () => {
    expect(fadeChecks([])).toEqual(FADE_CHECKS);
    expect(fadeChecks(['smoker', 'shallow-work', 'heavy-sun', 'scar'])).toEqual([
      ...FADE_CHECKS,
      'shallow-work',
      'scar',
    ]);
  });

  it('is said with how much and on what evidence', () => {
    expect(driversInWords(forecast)).toBe(
      'Counted in: scar, 2 times as fast (measured on ten people (Liu 2025): about 1.8); dark skin, 0.9 times as fast (practice opinion).',
    );
    expect(driversInWords({ ...forecast, drivers: [] })).toBeNull();
  });

  it('is told of healing as far as it changes', () => {
    expect(healingInWords(forecast)).toMatch(
      /: 95 % of it on day 3, 55 % on day 7, .*, and 65 % from day 28 on[.] An estimate/,
    );
  });
});
