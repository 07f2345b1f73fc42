/**
 * What a careful practitioner would say about a hairline and a density before anybody is tattooed.
 *
 * Statements, not refusals: the client and the practitioner may decide otherwise, knowingly. Under 18 is refused by the
 * screening, not here. Ranges: domain facts 4 (7 cm aggressive, 10 conservative for men; women about 5.5 to 6.5).
 */
import { DENSITY_CAP_PER_CM2, DENSITY_WARN_PER_CM2 } from './design-density.ts';
import { midFrontalForAge } from './design-hairline.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import type { DensityDesign, HairlineDesign, Presentation } from './scalp-design.ts';

export type StyleCode =
  | 'age-unknown'
  | 'hairline-low-for-age'
  | 'hairline-below-minimum'
  | 'hairline-above-maximum'
  | 'density-above-cap'
  | 'density-dots-merge'
  | 'template-extent'
  | 'hair-must-be-clipped';

export interface StyleStatement {
  readonly code: StyleCode;
  readonly text: string;
}

/** Lowest mid-frontal distance (mm) that is ever advised: a lower line does not age with the face. */
export const LEAST_MID_FRONTAL_MM = { m: 60, f: 50 } as const;
export const MOST_MID_FRONTAL_MM = 100;
/** How far below the age's own line counts as low. */
const LOW_BY_MM = 5;

const cm = (mm: number): string => (mm / 10).toFixed(1);

export function judgeDesign(
  client: ClientFacts,
  presentation: Presentation,
  hairline: HairlineDesign,
  density: DensityDesign,
): readonly StyleStatement[] {
  const said: StyleStatement[] = [];
  const say = (code: StyleCode, text: string): void => void said.push({ code, text });
  const at = hairline.midFrontalAboveGlabellaMm;
  const usual = midFrontalForAge(client);
  const least = LEAST_MID_FRONTAL_MM[client.sex];
  if (client.ageYears === null) {
    say(
      'age-unknown',
      `The age is not known: the hairline is the one for 40 to 49, ${cm(usual)} cm above the brows' middle.`,
    );
  }
  if (at < least) {
    say(
      'hairline-below-minimum',
      `The hairline is ${cm(at)} cm above the glabella, lower than the ${cm(least)} cm that still look natural years from now.`,
    );
  } else if (client.ageYears !== null && at < usual - LOW_BY_MM) {
    say(
      'hairline-low-for-age',
      `The hairline is ${cm(at)} cm above the glabella; about ${cm(usual)} cm is usual at this age.`,
    );
  }
  if (at > MOST_MID_FRONTAL_MM) {
    say(
      'hairline-above-maximum',
      `The hairline is ${cm(at)} cm above the glabella; beyond ${cm(MOST_MID_FRONTAL_MM)} cm it no longer frames the face.`,
    );
  }
  if (density.fullPerCm2 > DENSITY_WARN_PER_CM2) {
    say(
      'density-dots-merge',
      `${density.fullPerCm2} dots per cm2 leave too little room: dots merge and the scalp reads as painted.`,
    );
  } else if (density.fullPerCm2 > DENSITY_CAP_PER_CM2) {
    say(
      'density-above-cap',
      `${density.fullPerCm2} dots per cm2 are more than the ${DENSITY_CAP_PER_CM2} of a full natural scalp.`,
    );
  }
  if (presentation.kind !== 'hairline') {
    say(
      'template-extent',
      'The treated part is the usual one for this stage, not measured on this client: prices are a range until it is drawn.',
    );
  }
  if (presentation.kind !== 'ludwig') {
    say(
      'hair-must-be-clipped',
      'The shaved look needs the remaining hair clipped to 2 mm or less, for as long as it is worn.',
    );
  }
  return said;
}
