/**
 * The few zones a practitioner works by: front, left and right temple, mid-scalp, crown, and for a whole-scalp shave
 * the sides and the back. Borders are straight lines a comb can part: two coronal planes, one height, one distance
 * from the midline. A zone is a part of the work list; density runs through its borders without a step.
 */
import type { Presentation } from './scalp-design.ts';
import type { ZoneInfo } from './scalp-field.ts';

export type ZoneId = 'hairline' | 'front' | 'temple-l' | 'temple-r' | 'mid' | 'crown' | 'side-l' | 'side-r' | 'back';

/** What `zoneIndex` holds where nothing is treated. */
export const OUTSIDE = 255;

export interface ZonePlan {
  readonly zones: readonly { readonly id: ZoneId; readonly kind: ZoneInfo['kind'] }[];
  /** Share of the bald-zone density that is placed: below 1 between existing hair. */
  readonly densityShare: number;
  /** Index into `zones` of a treated skin point (mm, head frame). */
  readonly zoneAt: (x: number, y: number, z: number) => number;
}

/** Borders in the head frame, mm on an average head. */
const FRONT_Z = 6;
const CROWN_Z = -36;
/** Left of this is the left temple, right of its mirror the right one; between them the front. */
const TEMPLE_X = 36;
/** Below this height a whole-scalp treatment is on the sides or the back. */
const SIDE_TOP_Y = 72;

/** Between existing hair, 30 to 50 % of a bald zone's density (domain facts 3.3); more where more scalp shows. */
const THINNING_SHARE = [0.35, 0.42, 0.5] as const;

const FIELDS: readonly ZoneId[] = ['front', 'temple-l', 'temple-r', 'mid', 'crown'];

function zoneIds(presentation: Presentation): readonly ZoneId[] {
  switch (presentation.kind) {
    case 'hairline':
      return ['hairline'];
    case 'ludwig':
      return ['front', 'mid', 'crown'];
    case 'full':
      return [...FIELDS, 'side-l', 'side-r', 'back'];
    case 'fut-scar':
    case 'fue-scars':
    case 'patch':
      // Their zones are the marks' own.
      return [];
    case 'norwood':
      if (presentation.stage === 1) return ['hairline'];
      if (presentation.stage < 4) return ['front', 'temple-l', 'temple-r'];
      return presentation.stage === 4 ? ['front', 'temple-l', 'temple-r', 'crown'] : FIELDS;
  }
}

/** `scale` is the head's size relative to the average. */
export function zonePlan(presentation: Presentation, scale: number): ZonePlan {
  const ids = zoneIds(presentation);
  const kindOf = (id: ZoneId): ZoneInfo['kind'] => {
    if (presentation.kind === 'ludwig') return 'thinning';
    return id === 'hairline' || id === 'side-l' || id === 'side-r' || id === 'back' ? 'blend' : 'bald';
  };
  // A zone the presentation does not list is worked with the nearest one ahead of it.
  const at = (...candidates: ZoneId[]): number => ids.indexOf(candidates.find((id) => ids.includes(id)) ?? ids[0]);
  const front = at('front');
  const templeL = at('temple-l', 'front');
  const templeR = at('temple-r', 'front');
  const middle = at('mid', 'front');
  const crown = at('crown', 'mid', 'front');
  const sideL = at('side-l');
  const sideR = at('side-r');
  const back = at('back');
  const hasSides = ids.includes('back');
  const hasMiddle = ids.includes('mid');
  const zoneAt = (x: number, y: number, z: number): number => {
    if (hasSides && y < SIDE_TOP_Y * scale) {
      if (z < -0.8 * Math.abs(x)) return back;
      if (z < FRONT_Z * scale) return x > 0 ? sideL : sideR;
      return x > 0 ? templeL : templeR;
    }
    if (z < CROWN_Z * scale) return crown;
    if (hasMiddle && z < FRONT_Z * scale) return middle;
    return Math.abs(x) > TEMPLE_X * scale ? (x > 0 ? templeL : templeR) : front;
  };
  return {
    zones: ids.map((id) => ({ id, kind: kindOf(id) })),
    densityShare: presentation.kind === 'ludwig' ? THINNING_SHARE[presentation.stage - 1] : 1,
    zoneAt,
  };
}
