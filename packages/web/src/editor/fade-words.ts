/** What makes work fade faster or slower, in the page's words, and as the form asks for it. */
import type { FadeFactor } from '@stipple/core/forecast/fade-forecast.ts';
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';

export const FADE_WORDS: Readonly<Record<FadeFactor, string>> = {
  'heavy-sun': 'much sun',
  'sun-protection-always': 'always protected from sun',
  'oily-skin': 'oily skin',
  'dry-flaky-skin': 'dry, flaky skin',
  scar: 'scar',
  'shallow-work': 'shallow work',
  'very-fair-skin': 'very fair skin',
  'dark-skin': 'dark skin',
  smoker: 'smoker',
  'retinoid-or-acid-use': 'retinoids or acids on the scalp',
};

interface FadeQuestion {
  readonly legend: string;
  /** The second and third of three answers; the first is that neither is true. */
  readonly neither: string;
  readonly answers: readonly (readonly [factor: FadeFactor, label: string])[];
}

/** Opposites (FADE_OPPOSITES) are answers of one question. */
export const FADE_QUESTIONS: readonly FadeQuestion[] = [
  {
    legend: 'Sun',
    neither: 'As most',
    answers: [
      ['heavy-sun', 'Much'],
      ['sun-protection-always', 'Protected'],
    ],
  },
  {
    legend: 'Skin',
    neither: 'Neither',
    answers: [
      ['oily-skin', 'Oily'],
      ['dry-flaky-skin', 'Dry, flaky'],
    ],
  },
  {
    legend: 'Skin tone',
    neither: 'Between',
    answers: [
      ['very-fair-skin', 'Very fair'],
      ['dark-skin', 'Dark'],
    ],
  },
];

/** What is true of a client or not. Scars are known from the treatment, how deep work lies from healed work only. */
export const FADE_CHECKS: readonly FadeFactor[] = ['smoker', 'retinoid-or-acid-use'];

/** Those to be ticked or not; what an opened plan says besides can be taken off. */
export function fadeChecks(said: readonly FadeFactor[]): FadeFactor[] {
  const asked = [...FADE_CHECKS, ...FADE_QUESTIONS.flatMap(({ answers }) => answers.map(([factor]) => factor))];
  return [...FADE_CHECKS, ...said.filter((factor) => !asked.includes(factor))];
}

/** 'scar: 2 times as fast (measured ...)', or null where nothing drives it. */
export function driversInWords({ drivers }: PlanSummary['forecast']): string | null {
  if (drivers.length === 0) return null;
  const said = drivers.map(
    ({ id, multiplier, evidence }) => `${FADE_WORDS[id]}, ${multiplier} times as fast (${evidence})`,
  );
  return `Counted in: ${said.join('; ')}.`;
}

/** '95 % of it on day 3, 55 % on day 7 ... 65 % from day 28 on' */
export function healingInWords({ healing }: PlanSummary['forecast']): string {
  const later = healing.filter(({ day }, k) => day > 0 && healing[k - 1]?.contrast !== healing[k]?.contrast);
  const said = later.map(({ day, contrast }, k) => {
    const share = `${Math.round(100 * contrast)} %${k === 0 ? ' of it' : ''}`;
    return k === later.length - 1 ? `and ${share} from day ${day} on` : `${share} on day ${day}`;
  });
  return `What is left of the first day’s contrast: ${said.join(', ')}. An estimate: nobody has measured how this work heals.`;
}
