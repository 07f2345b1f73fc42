/**
 * The push that a dot would feel if its neighbours were spread exactly as the design wants them, for the second way of
 * evening out.
 *
 * The same integral over the reserve as in expected-push.ts, in a fraction of the time and so that an edit can be followed:
 * densities that differ by less than {@link HELD_SLOPE} within reach are left to themselves, because a few steps hardly
 * flatten them (against a factor of 1.4 not one dot in a hundred ends 0.05 mm elsewhere). Every seat counts: groups of four,
 * taken as one, push dots at a hard edge into each other.
 */
import { WIDEST_SPACING_MM, WITHIN_REACH, kernelScale, reachMm, softKernel } from './kernel.ts';
import type { SecondGround } from './place-reserve.ts';
import { BALL, MOST_NEAR, fullestOf, mayReach } from './point-cells.ts';

/** Real neighbours keep their distance, which the mesh does not know: part of the push that is felt (measured). */
const FELT = 0.9;
/** Factor between the densities about a cell from which on a slope is held. */
const HELD_SLOPE = 3;

/** What a design asks for, on the reserve of a head. */
export interface HeldMesh {
  readonly ground: SecondGround;
  readonly chance: Float32Array;
  readonly densityPerCm2: Float32Array;
  readonly kernel: Float64Array;
  /** Per cell: the widest spacing, the least and the greatest density. */
  readonly widest: Float32Array;
  readonly sparsest: Float32Array;
  readonly densest: Float32Array;
  /** Per seat: how much of it is felt, and the spacing wanted there; 0 where nothing is. Only of cells that are filled. */
  readonly share: Float32Array;
  readonly spacing: Float32Array;
  readonly isFilled: Uint8Array;
  // Room to work in: cells gathered, and seats within reach.
  readonly near: Int32Array;
  readonly within: Int32Array;
}

/** `chance` and `densityPerCm2` are per seat; when they change, their cells must be read again. */
export function heldMesh(
  ground: SecondGround,
  chance: Float32Array,
  densityPerCm2: Float32Array,
  firmness: number,
): HeldMesh {
  const { count } = ground.cells;
  const seats = chance.length;
  const mesh = {
    ground,
    chance,
    densityPerCm2,
    kernel: softKernel(firmness),
    widest: new Float32Array(count),
    sparsest: new Float32Array(count),
    densest: new Float32Array(count),
    share: new Float32Array(seats),
    spacing: new Float32Array(seats),
    isFilled: new Uint8Array(count),
    near: new Int32Array(MOST_NEAR),
    within: new Int32Array(1 + MOST_NEAR * fullestOf(ground.cells)),
  };
  for (let cell = 0; cell < count; cell++) readCell(mesh, cell);
  return mesh;
}

const spacingIn = (perCm2: number): number => Math.min(WIDEST_SPACING_MM, 10 / Math.sqrt(perCm2));

/** Reads anew what is asked for in one cell. */
export function readCell(mesh: HeldMesh, cell: number): void {
  const { chance, densityPerCm2 } = mesh;
  const { start } = mesh.ground.cells;
  let sparsest = Infinity;
  let densest = 0;
  let isEmpty = 0;
  for (let seat = start[cell]; seat < start[cell + 1]; seat++) {
    if (!(chance[seat] > 0)) {
      isEmpty = 1;
      continue;
    }
    const perCm2 = densityPerCm2[seat];
    if (perCm2 < sparsest) sparsest = perCm2;
    if (perCm2 > densest) densest = perCm2;
  }
  mesh.widest[cell] = sparsest < Infinity ? spacingIn(sparsest) : 0;
  mesh.sparsest[cell] = isEmpty ? 0 : sparsest;
  mesh.densest[cell] = densest;
  mesh.isFilled[cell] = 0;
}

function fillCell({ ground, chance, densityPerCm2, share, spacing, isFilled }: HeldMesh, cell: number): void {
  const { start } = ground.cells;
  isFilled[cell] = 1;
  for (let seat = start[cell]; seat < start[cell + 1]; seat++) {
    const isAsked = chance[seat] > 0;
    share[seat] = isAsked ? FELT * chance[seat] : 0;
    spacing[seat] = isAsked ? spacingIn(densityPerCm2[seat]) : 0;
  }
}

/** x, y, z (mm) per dot at `xyzMm`; the dots of a cell of seats stand together, the first at `start`. */
export function heldPush(
  mesh: HeldMesh,
  xyzMm: Float64Array,
  spacingMm: Float32Array,
  start: Int32Array,
): Float64Array {
  const out = new Float64Array(xyzMm.length);
  for (let cell = 0; cell + 1 < start.length; cell++) {
    if (start[cell] === start[cell + 1]) continue;
    const count = gatherCells(mesh, cell);
    if (count === 0) continue;
    for (let k = start[cell]; k < start[cell + 1]; k++) pushAt(mesh, count, xyzMm, spacingMm, k, out);
  }
  return out;
}

/**
 * Gathers the cells whose seats push the dots of a cell, for `pushAt`; answers how many, none when the densities about it are
 * even enough.
 */
export function gatherCells(mesh: HeldMesh, cell: number): number {
  const { ground, widest, isFilled, near } = mesh;
  const { ball } = ground.cells;
  const nearby = ground.cellsAbout(cell, near);
  if (areEven(mesh, nearby)) return 0;
  const own = widest[cell];
  let within = 0;
  for (let c = 0; c < nearby; c++) {
    const theirs = widest[near[c]] > 0 ? widest[near[c]] : own;
    if (!mayReach(ball, cell, near[c], reachMm(own, theirs))) continue;
    near[within++] = near[c];
  }
  if (areEven(mesh, within)) return 0;
  for (let c = 0; c < within; c++) if (!isFilled[near[c]]) fillCell(mesh, near[c]);
  return within;
}

/** Whether the densities in the first cells of `near` are. */
function areEven({ sparsest, densest, near }: HeldMesh, nearby: number): boolean {
  let most = 0;
  let least = Infinity;
  for (let c = 0; c < nearby; c++) {
    if (densest[near[c]] > most) most = densest[near[c]];
    if (sparsest[near[c]] < least) least = sparsest[near[c]];
  }
  return most <= HELD_SLOPE * least;
}

/** Writes the push of the seats in the first `count` cells gathered at dot `k` of `xyzMm` into `out`. */
export function pushAt(
  { ground, share, spacing, widest, near, within, kernel }: HeldMesh,
  count: number,
  xyzMm: Float64Array,
  spacingMm: Float32Array,
  k: number,
  out: Float64Array,
): void {
  const { start, ball } = ground.cells;
  const meshMm = ground.xyzMm;
  const x = xyzMm[3 * k];
  const y = xyzMm[3 * k + 1];
  const z = xyzMm[3 * k + 2];
  const own = Math.min(WIDEST_SPACING_MM, spacingMm[k]);
  let found = 0;
  for (let c = 0; c < count; c++) {
    const t = near[c];
    const reach = reachMm(own, widest[t]);
    const bx = ball[BALL * t] - x;
    const by = ball[BALL * t + 1] - y;
    const bz = ball[BALL * t + 2] - z;
    const far = ball[BALL * t + 3] + reach;
    if (bx * bx + by * by + bz * bz >= far * far) continue;
    // Counting up by the comparison spares the processor a branch that it would guess wrong a third of the time.
    for (let b = start[t], q = 3 * b, end = start[t + 1]; b < end; b++, q += 3) {
      const dx = x - meshMm[q];
      const dy = y - meshMm[q + 1];
      const dz = z - meshMm[q + 2];
      within[found] = b;
      found += Number(dx * dx + dy * dy + dz * dz < reach * reach);
    }
  }
  let px = 0;
  let py = 0;
  let pz = 0;
  for (let f = 0; f < found; f++) {
    const b = within[f];
    const dx = x - meshMm[3 * b];
    const dy = y - meshMm[3 * b + 1];
    const dz = z - meshMm[3 * b + 2];
    const at = (dx * dx + dy * dy + dz * dz) * kernelScale(own, spacing[b]);
    if (at >= WITHIN_REACH) continue;
    const w = share[b] * kernel[at | 0];
    px += w * dx;
    py += w * dy;
    pz += w * dz;
  }
  // To a 64th of a millimetre: a hundredth in three steps.
  out[3 * k] = Math.round(64 * px) / 64;
  out[3 * k + 1] = Math.round(64 * py) / 64;
  out[3 * k + 2] = Math.round(64 * pz) / 64;
}
