/**
 * Known heads with the proportions of living people: a face and skull from a model of shapes, carried to the length,
 * breadth, height and size of face of one man of ANSUR II (2012, US Government, public domain).
 *
 * The few heads that were scanned are odd, and random identities of a face model are short and broad (breadth to length
 * 0.82; men 0.773, sd 0.036). So that errors are those of a population, proportions come from measured men and individual shape
 * from the mesh. It is carried by the product's own stretch, p' = deform(target, undeform(own, p)), whose two shapes are
 * read off by tapes; repeated until the tapes read what the man measured (0.1 %). Circumference, arcs and areas are
 * then the mesh's own.
 *
 * Ears too are as long as the man's: those of ICT-FaceKit are 7 mm shorter than people's.
 *
 * Size of face as in scripts/fit-population.mjs: the mean logarithm of four facial lengths. That of a mesh is its spread
 * against the neutral head of ICT-FaceKit, whose pupils (63.9 mm) are as far apart as the mean man's (64.0 mm).
 *
 * Does not do: women; what goes with proportions in life beyond the stretch. Height was measured over short hair.
 */
import { deform, undeform } from '@stipple/core/head/deform-head.ts';
import { fitBeliefs } from '@stipple/core/head/fit-beliefs.ts';
import { readMeasure, shapeOf } from '@stipple/core/head/head-beliefs.ts';
import type { HeadShape, MeasureKind } from '@stipple/core/head/head-shape.ts';
import { radiusOfMap, readTape } from '@stipple/core/head/tape.ts';
import { exp, log } from '@stipple/core/num/elementary.ts';
import { smoothstep } from '@stipple/core/num/range.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { meanOf } from '../tables/statistics.ts';
import { knownAnchors } from './known-anchors.ts';
import { surveyed } from './known-head.ts';
import type { KnownHead } from './known-head.ts';

export interface Person {
  readonly lengthMm: number;
  readonly breadthMm: number;
  /** Tragion to top of head. */
  readonly heightMm: number;
  /** Against the mean man's. */
  readonly face: number;
  /** Of the ear, from its top to its lobe. */
  readonly earMm: number;
}

/** In millimetres, but for the pupils: a factor does not matter here. */
const FACIAL = ['interpupillarybreadth', 'bizygomaticbreadth', 'mentonsellionlength', 'bitragionchinarc'];

/** Men drawn at random from the public file of ANSUR II; the first `n` of a longer draw are the same. */
export function drawPersons(csv: string, n: number, seed: number): Person[] {
  const [header, ...rows] = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const value = (row: readonly string[], name: string): number => Number(row[header.indexOf(name)]);
  const faces = rows.map((row) => meanOf(FACIAL.map((name) => log(value(row, name)))));
  const middle = meanOf(faces);
  const random = seededGenerator(seed);
  return Array.from({ length: n }, () => {
    const at = Math.floor(rows.length * random());
    return {
      lengthMm: value(rows[at], 'headlength'),
      breadthMm: value(rows[at], 'headbreadth'),
      heightMm: value(rows[at], 'tragiontopofhead'),
      face: exp(faces[at] - middle),
      earMm: value(rows[at], 'earlength'),
    };
  });
}

/** `face` of the template (head-shape.ts) that is as large as the neutral head of ICT-FaceKit: 10 of its 10.2 mm. */
const NEUTRAL_FACE = 0.98;
const ROUNDS = 3;

/** The head of `person` with the shape of `head`, an identity whose face is `size` times the neutral one's. */
export function likePerson(head: KnownHead, size: number, person: Person): KnownHead {
  const own = readings(head);
  const fitted = shapeOfReadings(own, NEUTRAL_FACE * size);
  const wanted: Readings = [person.lengthMm, person.breadthMm, person.heightMm];
  let carried = head;
  let aim = wanted;
  for (let round = 0; round < ROUNDS; round++) {
    carried = carry(head, fitted, shapeOfReadings(aim, NEUTRAL_FACE * person.face));
    const read = readings(carried);
    aim = [0, 1, 2].map((k) => (aim[k] * wanted[k]) / read[k]) as unknown as Readings;
  }
  return {
    ...withEars(carried, person.earMm),
    source: `${head.source}; proportions of a man of ANSUR II, public domain`,
  };
}

type Readings = readonly [lengthMm: number, breadthMm: number, heightMm: number];
const READ: readonly MeasureKind[] = ['length', 'breadth', 'height'];

function readings({ map, landmarks }: KnownHead): Readings {
  const radius = radiusOfMap(map);
  return [readTape(radius, landmarks, 'length'), readTape(radius, landmarks, 'breadth'), landmarks.vertex[1]];
}

/** The stretched template on which tapes read the same. */
function shapeOfReadings(mm: Readings, face: number): HeadShape {
  const exactly = 1e8;
  const { logs } = fitBeliefs(
    [
      {
        read: (t, radius, shape) => [t[0], ...READ.map((kind) => log(readMeasure(kind, radius, shape)))],
        target: [log(face), ...mm.map(log)],
        information: Array.from({ length: 16 }, (_, k) => (k % 5 === 0 ? exactly : 0)),
      },
    ],
    [log(face), 0, 0, 0],
  );
  return shapeOf(logs);
}

const carry = (head: KnownHead, from: HeadShape, to: HeadShape): KnownHead =>
  moved(head, (p) => deform(to, undeform(from, p)));

/** An ear reaches so far forward and back of its middle, and stands off from here on; skin this much farther moves along. */
const EAR_HALF_WIDTH_MM = 24;
const EAR_SIDE_MM = [55, 68] as const;
const MOVES_ALONG = 1.4;

/** Both ears drawn out, upwards and downwards alike. A head on which none are known stays as it is. */
function withEars(head: KnownHead, earMm: number): KnownHead {
  const points = knownAnchors(head);
  const ears = (['left', 'right'] as const).flatMap((side) => {
    const [top, lobe] = [points.get(`${side}-ear-top`), points.get(`${side}-ear-lobe`)];
    return top && lobe ? [{ top, lobe }] : [];
  });
  return moved(head, (p) => {
    const ear = ears.find(({ top }) => top[0] * p[0] > 0);
    if (!ear) return p;
    const { top, lobe } = ear;
    const own = top[1] - lobe[1];
    const up = p[1] - (top[1] + lobe[1]) / 2;
    const back = p[2] - (top[2] + lobe[2]) / 2;
    const out = Math.sqrt((2 * up * 2 * up) / (own * own) + (back * back) / (EAR_HALF_WIDTH_MM * EAR_HALF_WIDTH_MM));
    const share = (1 - smoothstep(1, MOVES_ALONG, out)) * smoothstep(...EAR_SIDE_MM, Math.abs(p[0]));
    return [p[0], p[1] + share * up * (earMm / own - 1), p[2]];
  });
}

function moved(head: KnownHead, move: (p: Vec3) => Vec3): KnownHead {
  const { positionsMm: p, landmarks } = head;
  const there = new Float32Array(p.length);
  for (let k = 0; k < p.length; k += 3) there.set(move([p[k], p[k + 1], p[k + 2]]), k);
  const { glabella, nasion, leftCanthus, rightCanthus } = landmarks;
  return {
    ...head,
    ...surveyed(there, head.triangles, head.materials, {
      glabella: move(glabella),
      nasion: move(nasion),
      leftCanthus: leftCanthus && move(leftCanthus),
      rightCanthus: rightCanthus && move(rightCanthus),
    }),
  };
}
