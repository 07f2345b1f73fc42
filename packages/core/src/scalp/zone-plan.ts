/**
 * The few zones a practitioner works by: front, left and right temple, mid-scalp, crown, and for a whole-scalp shave
 * the sides and the back. A zone is a part of the work list; density runs through its borders without a step.
 */
import { distance } from '../vec/vec3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { Presentation } from './scalp-design.ts';
import type { ZoneInfo } from './scalp-field.ts';

export type ZoneId = 'hairline' | 'front' | 'temple-l' | 'temple-r' | 'mid' | 'crown' | 'side-l' | 'side-r' | 'back';

/** What `zoneIndex` holds where nothing is treated. */
export const OUTSIDE = 255;

export interface ZonePlan {
  readonly zones: readonly { readonly id: ZoneId; readonly kind: ZoneInfo['kind'] }[];
  /** Share of the bald-zone density that is placed: below 1 between existing hair. */
  readonly densityShare: number;
  /** Index into `zones` of a treated point (mm) at `edgeMm` behind the front edge. */
  readonly zoneAt: (x: number, y: number, z: number, edgeMm: number) => number;
}

/** All lengths in mm on an average head. */
const FRONT_DEPTH = 45;
const TEMPLE_X = 36;
const CROWN_RADIUS = 52;
/** Below this height a whole-scalp treatment is on the sides or the back. */
const SIDE_TOP = 62;
const TEMPLE_Z = 24;

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
    case 'norwood':
      if (presentation.stage === 1) return ['hairline'];
      if (presentation.stage < 4) return ['front', 'temple-l', 'temple-r'];
      return presentation.stage === 4 ? ['front', 'temple-l', 'temple-r', 'crown'] : FIELDS;
  }
}

/** `scale` is the head's size relative to the average. */
export function zonePlan(presentation: Presentation, crown: Vec3, scale: number): ZonePlan {
  const ids = zoneIds(presentation);
  const index = (id: ZoneId): number => ids.indexOf(id);
  const has = (id: ZoneId): boolean => index(id) >= 0;
  const kindOf = (id: ZoneId): ZoneInfo['kind'] => {
    if (presentation.kind === 'ludwig') return 'thinning';
    return id === 'hairline' || id === 'side-l' || id === 'side-r' || id === 'back' ? 'blend' : 'bald';
  };
  const only = ids.length === 1;
  const hasSides = has('back');
  const hasTemples = has('temple-l');
  const hasCrown = has('crown');
  const [front, templeL, templeR, sideL, sideR, back, crownZone] = (
    ['front', 'temple-l', 'temple-r', 'side-l', 'side-r', 'back', 'crown'] as const
  ).map(index);
  const rest = has('mid') ? index('mid') : hasCrown ? crownZone : front;
  const zoneAt = (x: number, y: number, z: number, edgeMm: number): number => {
    if (only) return 0;
    const left = x > 0;
    if (hasSides && y < SIDE_TOP * scale) {
      if (z < -0.8 * Math.abs(x)) return back;
      if (z < TEMPLE_Z * scale) return left ? sideL : sideR;
      return left ? templeL : templeR;
    }
    if (edgeMm < FRONT_DEPTH * scale || rest === front) {
      return hasTemples && Math.abs(x) > TEMPLE_X * scale ? left ? templeL : templeR : front;
    }
    if (hasCrown && distance([x, y, z], crown) < CROWN_RADIUS * scale) return crownZone;
    return rest;
  };
  return {
    zones: ids.map((id) => ({ id, kind: kindOf(id) })),
    densityShare: presentation.kind === 'ludwig' ? THINNING_SHARE[presentation.stage - 1] : 1,
    zoneAt,
  };
}
