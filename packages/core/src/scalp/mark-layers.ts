/**
 * What marks do to the design at a place: scars, patches, earlier work, whorl, and what must be kept free.
 *
 * Layers are laid over the design of the stage one after the other:
 * - whorl: thinner in the middle, as hair is
 * - patch: bald inside, giving way to the client's own hair over its rim
 * - fue-scars: a share of the bald density between the hair of the donor area
 * - fut-scar: the scar filled to the density of the scalp around it, and a strip on each side between the hair, so that
 *   neither bare scar nor a drawn line shows. Scar tissue holds less (0.9 after six months of what other skin does, Liu
 *   2025, ten people): its dots count as fainter.
 * - repair: over earlier work only a part of the dots is added, and lighter; what is too dark is for the laser, not for
 *   dots. Nothing is added where the design asks for nothing.
 * - keep-outs, round or outlined: nothing at all, to the last dot (dots/keep-clear.ts holds relaxation to it)
 *
 * Where a mark lies over work that is denser, the work stays and the zone is the mark's. Marks are taken at their word:
 * judge-mark.ts says what is no mark. Shares and widths are estimates but for those named; density between hair: domain
 * facts 3.3.
 */
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { clamp, lerp, smoothstep } from '../num/range.ts';
import { valueNoise } from '../random/value-noise.ts';
import { distance } from '../vec/vec3.ts';
import { whorlOf } from './design-whorl.ts';
import { outlinesOf } from './scalp-design.ts';
import type { Point, ScalpMark } from './scalp-design.ts';
import type { KeepClear, ZoneInfo } from './scalp-field.ts';
import { curveThrough } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';
import { ballOfOutline, closedCurveThrough, distanceNear } from './skin-outline.ts';
import type { DistanceNear } from './skin-outline.ts';
import { OUTSIDE } from './zone-plan.ts';

/** The design at one skin point; layers change it. */
export interface Place {
  x: number;
  y: number;
  z: number;
  /** Dots per cm2 of bald skin here, patchiness and region included. */
  fullPerCm2: number;
  densityPerCm2: number;
  coverage: number;
  strength: number;
  zone: number;
  /** Distance (mm) into the work from its nearest edge: near it dots are placed less evenly, or they would line up. */
  edgeMm: number;
}

export interface MarkZone {
  readonly id: string;
  readonly kind: ZoneInfo['kind'];
  /** Of the bald density, where the zone is at full strength. */
  readonly densityShare: number;
}

interface Layer {
  readonly zones: readonly MarkZone[];
  readonly apply: (at: Place, firstZone: number) => void;
}

/** Strength and share of full work that a zone asks for at a place, and how much of it, 0..1. */
interface Asked {
  readonly inside: number;
  readonly share: number;
  readonly strength: number;
  readonly edgeMm: number;
}

const PATCH_BLEND_MM = 8;
const DONOR_BLEND_MM = 16;
const DONOR_SHARE = 0.35;
const SCAR_STRENGTH = 0.9;
/** Of the strip on each side of a scar: its width, and the share beside the scar and at its end. */
const SCAR_BLEND_MM = 5;
const SCAR_BLEND_SHARE = [0.5, 0.25] as const;
/** Half the width over which that strip ends. */
const SCAR_RAMP_MM = 2;
/** Scars widen and narrow by this share. */
const SCAR_UNEVEN = 0.25;
/** Dots come in over this much outside of a keep-out: a ring of dots would point at the mole. */
const KEEP_OUT_RAMP_MM = 2;
const REPAIR_BLEND_MM = 8;
const REPAIR_SHARE = 0.5;
const REPAIR_STRENGTH = 0.8;
const WHORL_SHARE = 0.7;
const WHORL_MM = [3, 14] as const;
/** Rims drawn by a hand are smoother than skin: they wander by this much over so many mm. */
const RIM_WANDERS_MM = 1.2;
const RIM_WAVE_MM = 7;

export interface MarkLayers {
  readonly zones: readonly MarkZone[];
  /** Changes `at` to what the marks leave of it; its own zones count from `firstZone`. */
  readonly apply: (at: Place, firstZone: number) => void;
  readonly keepClear: readonly KeepClear[];
}

/** Null when there is nothing to lay over the design. */
export function markLayers(head: HeadMap, marks: readonly ScalpMark[], seed: number): MarkLayers | null {
  if (marks.length === 0) return null;
  const outlines = (kind: 'patch' | 'fue-scars' | 'repair', reachMm: number): DistanceNear[] =>
    outlinesOf(marks, kind).map((outline) => distanceNear(closedCurveThrough(head, outline), reachMm));
  const keepClear = [
    ...marks
      .filter((mark) => mark.kind === 'keep-out')
      .map(({ centreMm, radiusMm, marginMm }) => ({ centreMm: onSkin(head, centreMm), radiusMm: radiusMm + marginMm })),
    ...outlinesOf(marks, 'keep-out-area').map((outline) => outlinedKeepOut(closedCurveThrough(head, outline))),
  ];
  const layers: Layer[] = [];
  const whorl = whorlOf(marks);
  if (whorl) layers.push(whorlLayer(onSkin(head, whorl.centreMm)));
  const patches = outlines('patch', PATCH_BLEND_MM);
  patches.forEach((depth, n) => layers.push(patchLayer(depth, `patch-${n + 1}`, seed)));
  const donors = outlines('fue-scars', DONOR_BLEND_MM);
  if (donors.length > 0) layers.push(donorLayer(donors));
  const scars = marks.filter((mark) => mark.kind === 'fut-scar');
  if (scars.length > 0) layers.push(scarLayer(head, scars, seed));
  const repairs = outlines('repair', REPAIR_BLEND_MM);
  if (repairs.length > 0) layers.push(repairLayer(repairs));
  if (keepClear.length > 0) layers.push(keepOutLayer(keepClear));

  const starts: number[] = [];
  const zones = layers.flatMap((layer) => layer.zones);
  layers.reduce((sum, layer) => (starts.push(sum), sum + layer.zones.length), 0);
  return {
    zones,
    apply: (at, firstZone) => layers.forEach((layer, n) => layer.apply(at, firstZone + starts[n])),
    keepClear,
  };
}

/** Puts a zone's work over what is there already: the denser stays. */
function lay(at: Place, zone: number, { inside, share, strength, edgeMm }: Asked): void {
  if (!(inside > 0)) return;
  const own = at.fullPerCm2 * share * inside;
  if (own > at.densityPerCm2) {
    at.densityPerCm2 = own;
    at.strength = Math.max(at.strength, strength);
    at.edgeMm = Math.max(0, edgeMm);
  }
  at.coverage = Math.max(at.coverage, inside);
  if (at.zone === OUTSIDE || inside > 0.5) at.zone = zone;
}

const deepest = (depths: readonly DistanceNear[], { x, y, z }: Place): number =>
  depths.reduce((most, depth) => Math.max(most, depth(x, y, z)), -Infinity);

function wander({ x, y, z }: Place, salt: number): number {
  return RIM_WANDERS_MM * valueNoise(x / RIM_WAVE_MM, y / RIM_WAVE_MM, z / RIM_WAVE_MM, salt);
}

function whorlLayer(centreMm: Point): Layer {
  return {
    zones: [],
    apply: (at) => {
      if (!(at.densityPerCm2 > 0)) return;
      const mm = distance([at.x, at.y, at.z], centreMm);
      at.densityPerCm2 *= lerp(WHORL_SHARE, 1, smoothstep(WHORL_MM[0], WHORL_MM[1], mm));
    },
  };
}

function patchLayer(depth: DistanceNear, id: string, seed: number): Layer {
  return {
    zones: [{ id, kind: 'bald', densityShare: 1 }],
    apply: (at, zone) => {
      const mm = depth(at.x, at.y, at.z);
      if (mm < -PATCH_BLEND_MM) return;
      const inside = smoothstep(-PATCH_BLEND_MM / 2, PATCH_BLEND_MM / 2, mm + wander(at, seed ^ 0x7a11));
      lay(at, zone, { inside, share: 1, strength: lerp(0.7, 1, inside), edgeMm: mm + PATCH_BLEND_MM / 2 });
    },
  };
}

function donorLayer(depths: readonly DistanceNear[]): Layer {
  return {
    zones: (['donor-l', 'donor-r', 'donor-back'] as const).map((id) => ({
      id,
      kind: 'scar',
      densityShare: DONOR_SHARE,
    })),
    apply: (at, firstZone) => {
      const mm = deepest(depths, at);
      const inside = smoothstep(-DONOR_BLEND_MM / 2, DONOR_BLEND_MM / 2, mm);
      const part = at.z < -0.8 * Math.abs(at.x) ? 2 : at.x > 0 ? 0 : 1;
      lay(at, firstZone + part, {
        inside,
        share: DONOR_SHARE,
        strength: SCAR_STRENGTH,
        edgeMm: mm + DONOR_BLEND_MM / 2,
      });
    },
  };
}

function scarLayer(
  head: HeadMap,
  scars: readonly { readonly lineMm: readonly Point[]; readonly widthMm: number }[],
  seed: number,
): Layer {
  const lines = scars.map(({ lineMm, widthMm }) => ({
    half: widthMm / 2,
    to: distanceNear(curveThrough(head, lineMm), SCAR_BLEND_MM + SCAR_RAMP_MM + RIM_WANDERS_MM + widthMm),
  }));
  return {
    zones: [
      { id: 'scar', kind: 'scar', densityShare: 1 },
      { id: 'scar-blend', kind: 'blend', densityShare: SCAR_BLEND_SHARE[0] },
    ],
    apply: (at, scarZone) => {
      const uneven = 1 + SCAR_UNEVEN * valueNoise(at.x / 11, at.y / 11, at.z / 11, seed ^ 0x5ca2);
      // mm from the rim of the scar.
      let mm = Infinity;
      for (const { half, to } of lines) {
        const d = to(at.x, at.y, at.z);
        if (d !== -Infinity) mm = Math.min(mm, Math.abs(d) - half * uneven);
      }
      if (mm > SCAR_BLEND_MM + SCAR_RAMP_MM + RIM_WANDERS_MM) return;
      const outer = clamp(mm / SCAR_BLEND_MM, 0, 1);
      lay(at, scarZone + 1, {
        inside: smoothstep(SCAR_BLEND_MM + SCAR_RAMP_MM, SCAR_BLEND_MM - SCAR_RAMP_MM, mm + wander(at, seed ^ 0x5ca3)),
        share: lerp(SCAR_BLEND_SHARE[0], SCAR_BLEND_SHARE[1], outer),
        strength: 1,
        edgeMm: SCAR_BLEND_MM + SCAR_RAMP_MM - mm,
      });
      const onScar = smoothstep(0.3, -0.3, mm);
      lay(at, scarZone, { inside: onScar, share: 1, strength: 1, edgeMm: SCAR_BLEND_MM + SCAR_RAMP_MM - mm });
      at.strength *= lerp(1, SCAR_STRENGTH, onScar);
    },
  };
}

function repairLayer(depths: readonly DistanceNear[]): Layer {
  return {
    zones: [{ id: 'repair', kind: 'repair', densityShare: REPAIR_SHARE }],
    apply: (at, zone) => {
      if (!(at.densityPerCm2 > 0)) return;
      const inside = smoothstep(-REPAIR_BLEND_MM / 2, REPAIR_BLEND_MM / 2, deepest(depths, at));
      at.densityPerCm2 *= lerp(1, REPAIR_SHARE, inside);
      at.strength *= lerp(1, REPAIR_STRENGTH, inside);
      if (inside > 0.5) at.zone = zone;
    },
  };
}

const outlinedKeepOut = (curve: SkinCurve): KeepClear => ({
  ...ballOfOutline(curve),
  depthMm: distanceNear(curve, KEEP_OUT_RAMP_MM),
});

function keepOutLayer(keepClear: readonly KeepClear[]): Layer {
  return {
    zones: [],
    apply: (at) => {
      // A chord is shorter than the skin under it: what is clear in a straight line is clear by tape.
      for (const { centreMm, radiusMm, depthMm } of keepClear) {
        const mm = depthMm ? -depthMm(at.x, at.y, at.z) : distance([at.x, at.y, at.z], centreMm) - radiusMm;
        if (mm >= KEEP_OUT_RAMP_MM) continue;
        at.edgeMm = Math.min(at.edgeMm, Math.max(0, mm));
        at.densityPerCm2 *= smoothstep(0, KEEP_OUT_RAMP_MM, mm);
        if (mm >= 0) continue;
        at.densityPerCm2 = 0;
        at.coverage = 0;
        at.strength = 0;
        at.zone = OUTSIDE;
      }
    },
  };
}
