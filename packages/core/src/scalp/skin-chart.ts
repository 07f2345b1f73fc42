/**
 * A piece of scalp laid flat: which point of the paper is which point of the skin, and how much is stretched by it.
 *
 * In: a head map and skin points (mm, head frame). Out: a map from skin to plane (mm, x right, y up as one looks at the
 * skin from outside) and its stretch at any point. Azimuthal equidistant: a point lies in the bearing and at the
 * distance in which a tape finds it from the chart's centre, the tape in the plane of both and the origin. For a disc on
 * a sphere no map has less spread between its largest and its smallest scale (Milnor 1969, 'A problem in cartography').
 * Distances from the centre are true and those across them too long by (distance / radius)^2 / 6, so the plane is then
 * shrunk until lengths are too long by as much as they are too short.
 *
 * Stretch is measured, not estimated: singular values of the map's derivative against the true metric of the head.
 * One point takes about 1 us; a chart should stay below a radius of 70 mm.
 */
import { normalAt, onSkin, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { add, cross, dot, length, normalise, scale, subtract } from '../vec/vec3.ts';

export type PlanePoint = readonly [xMm: number, yMm: number];

export interface SkinChart {
  /** On the skin. */
  readonly centre: Vec3;
  /** Any point but those behind the head, seen from the centre; its direction counts. */
  readonly toPlane: (p: Vec3) => PlanePoint;
}

export interface Stretch {
  /** Smallest and largest ratio of a short length on paper to the same on the skin. */
  readonly least: number;
  readonly most: number;
}

/** Depth of the pivot that rays to the skin start from, mm below the centre: about the head's radius of curvature. */
const PIVOT_MM = 75;

/** The true chart about `centre`, whose y axis points along `up` as far as the skin allows; before any shrinking. */
export function skinChart(head: HeadMap, centre: Vec3, up: Vec3, shrink = 1): SkinChart {
  const origin = onSkin(head, centre);
  const normal = normalAt(head, origin);
  const pivot = subtract(origin, scale(normal, PIVOT_MM));
  const yAxis = normalise(subtract(up, scale(normal, dot(up, normal))));
  const xAxis = cross(yAxis, normal);
  const toPlane = (p: Vec3): PlanePoint => {
    const q = subtract(onSkin(head, p), pivot);
    const x = dot(q, xAxis);
    const y = dot(q, yAxis);
    const l = Math.sqrt(x * x + y * y);
    if (l < 1e-9) return [0, 0];
    const k = (shrink * tapeMm(head, pivot, normal, q)) / l;
    return [k * x, k * y];
  };
  return { centre: origin, toPlane };
}

/** Chords of about this share of the radius: 3e-4 short of the arc. */
const CHORD = 0.075;

/**
 * Length of skin from the centre, `PIVOT_MM` along `normal` from the pivot, to the skin point `q` (from the pivot), in
 * the plane of the three: rays from the pivot find the skin between.
 */
function tapeMm(head: HeadMap, pivot: Vec3, normal: Vec3, q: Vec3): number {
  const far = length(q);
  const dx = q[0] / far - normal[0];
  const dy = q[1] / far - normal[1];
  const dz = q[2] / far - normal[2];
  const steps = Math.max(2, Math.ceil(Math.sqrt(dx * dx + dy * dy + dz * dz) / CHORD));
  let sum = 0;
  let [px, py, pz] = scale(normal, PIVOT_MM);
  for (let i = 1; i <= steps; i++) {
    let x = q[0];
    let y = q[1];
    let z = q[2];
    if (i < steps) {
      x = normal[0] + (dx * i) / steps;
      y = normal[1] + (dy * i) / steps;
      z = normal[2] + (dz * i) / steps;
      let t = (PIVOT_MM + ((far - PIVOT_MM) * i) / steps) / Math.sqrt(x * x + y * y + z * z);
      // The gap to the skin closes by nine tenths a round, as rays meet it steeply; what is left adds no length.
      for (let round = 0; round < 3; round++) {
        const hx = pivot[0] + t * x;
        const hy = pivot[1] + t * y;
        const hz = pivot[2] + t * z;
        t *=
          1 +
          (radiusMm(head, hx, hy, hz) - Math.sqrt(hx * hx + hy * hy + hz * hz)) /
            (t * Math.sqrt(x * x + y * y + z * z));
      }
      x *= t;
      y *= t;
      z *= t;
    }
    const ex = x - px;
    const ey = y - py;
    const ez = z - pz;
    sum += Math.sqrt(ex * ex + ey * ey + ez * ez);
    px = x;
    py = y;
    pz = z;
  }
  return sum;
}

/** Half the step of the central differences, mm: the head map's cells are 2 to 4 mm. */
const STEP_MM = 1;

/** How short lengths around the skin point `p` come out on paper: singular values of the map against the skin's metric. */
export function stretchAt(head: HeadMap, chart: SkinChart, p: Vec3): Stretch {
  const normal = normalAt(head, p);
  const u = normalise(cross(normal, Math.abs(normal[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0]));
  const along = (direction: Vec3): { skin: Vec3; plane: PlanePoint } => {
    const ahead = onSkin(head, add(p, scale(direction, STEP_MM)));
    const behind = onSkin(head, subtract(p, scale(direction, STEP_MM)));
    const a = chart.toPlane(ahead);
    const b = chart.toPlane(behind);
    return { skin: subtract(ahead, behind), plane: [a[0] - b[0], a[1] - b[1]] };
  };
  const s = along(u);
  const t = along(cross(normal, u));
  // Squares of the singular values are the eigenvalues of (plane metric) x (skin metric)^-1.
  const [e, f, g] = [dot(s.skin, s.skin), dot(s.skin, t.skin), dot(t.skin, t.skin)];
  const flat = (a: PlanePoint, b: PlanePoint): number => a[0] * b[0] + a[1] * b[1];
  const [E, F, G] = [flat(s.plane, s.plane), flat(s.plane, t.plane), flat(t.plane, t.plane)];
  const area = e * g - f * f;
  const half = (E * g + G * e - 2 * F * f) / (2 * area);
  const root = Math.sqrt(Math.max(0, half * half - (E * G - F * F) / area));
  return { least: Math.sqrt(Math.max(0, half - root)), most: Math.sqrt(half + root) };
}

/**
 * The direction whose farthest point is nearest: the chart's best centre. Badoiu and Clarkson 2003: step after step a
 * little towards the farthest one; within a millimetre or two after 100 steps.
 */
export function centreOf(xyzMm: ArrayLike<number>, members: ArrayLike<number>): Vec3 {
  const directions = new Float64Array(3 * members.length);
  let c: Vec3 = [0, 0, 0];
  for (let k = 0; k < members.length; k++) {
    const i = 3 * members[k];
    const d = normalise([xyzMm[i], xyzMm[i + 1], xyzMm[i + 2]]);
    directions.set(d, 3 * k);
    c = add(c, scale(d, 1 / members.length));
  }
  for (let round = 1; round <= 100; round++) {
    let far = 0;
    let most = -1;
    for (let k = 0; k < directions.length; k += 3) {
      const x = directions[k] - c[0];
      const y = directions[k + 1] - c[1];
      const z = directions[k + 2] - c[2];
      const d = x * x + y * y + z * z;
      if (d > most) {
        most = d;
        far = k;
      }
    }
    const pull = 1 / (round + 1);
    c = [0, 1, 2].map((axis) => c[axis] + (directions[far + axis] - c[axis]) * pull) as unknown as Vec3;
  }
  return normalise(c);
}
