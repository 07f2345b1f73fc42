/**
 * Every known head there is on this machine, and which are missing and why.
 *
 * Four sources, none of them in the repository: Debian packages (gather-packages.ts), the folder of head meshes beside the
 * checkout, the identity modes of ICT-FaceKit in a folder of the person's choice, and for persons (like-person.ts) the men
 * of ANSUR II. A missing source costs its heads, nothing else.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { TAU, cos, log } from '@stipple/core/num/elementary.ts';
import sharp from 'sharp';
import { meanOf } from '../tables/statistics.ts';
import { COLIN_PICKS, CT_PICKS, ICT_PICKS, CAPPED_SCAN_PICKS, MAKEHUMAN_PICKS, BUST_PICKS } from './head-picks.ts';
import type { HeadPicks } from './head-picks.ts';
import { EYE, SKIN, knownHead } from './known-head.ts';
import type { KnownHead, RawHead, Texture } from './known-head.ts';
import { drawPersons, likePerson } from './like-person.ts';
import { withLowerFace } from './lower-face.ts';
import { outerSkin } from './outer-skin.ts';
import { readFiffFiducials, readFiffSurface } from './read-fiff.ts';
import { readObj } from './read-obj.ts';
import type { ObjMesh } from './read-obj.ts';
import { readInvesalius, readNifti } from './volume.ts';

export interface HeadSources {
  /** Where the Debian packages were unpacked. */
  readonly packages: string;
  /** Folder with LeePerrySmith.obj, max-planck.obj, ict_generic_neutral_mesh.obj, makehuman_base.obj. */
  readonly meshes: string;
  /** Folder with identity000.obj, identity001.obj ... of ICT-FaceKit; null when not given. */
  readonly identities: string | null;
  /** Folder with ANSUR_II_MALE_Public.csv. */
  readonly anthropometry: string;
}

export interface LoadedHeads {
  readonly heads: readonly KnownHead[];
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

export const HEAD_NAMES: readonly string[] = [
  'CT',
  'Colin27',
  'fsaverage',
  'capped scan',
  'bust',
  'ICT neutral',
  'MakeHuman',
  ...numbered('ICT identity', 4),
  ...numbered('person', 12),
];

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, k) => `${name} ${k + 1}`);
}

/** Loads the heads named, or all of them. */
export async function loadHeads(sources: HeadSources, names: readonly string[] = HEAD_NAMES): Promise<LoadedHeads> {
  const heads: KnownHead[] = [];
  const missing: { name: string; reason: string }[] = [];
  for (const name of names) {
    try {
      const person = /^person (\d+)$/.exec(name);
      const head = person ? personHead(sources, Number(person[1])) : knownHead(await rawHead(sources, name));
      heads.push(name === 'CT' ? withJaw(head, sources) : head);
    } catch (error) {
      if (!(error instanceof NotThere)) throw error;
      missing.push({ name, reason: error.message });
    }
  }
  return { heads, missing };
}

/** The CT ends at the upper lip. */
function withJaw(head: KnownHead, { meshes }: HeadSources): KnownHead {
  const path = join(meshes, 'ict_generic_neutral_mesh.obj');
  return existsSync(path) ? withLowerFace(head, readObj(readFileSync(path, 'utf8'))) : head;
}

class NotThere extends Error {}

function bytesOf(folder: string, file: string): Uint8Array {
  const path = join(folder, file);
  if (!existsSync(path)) throw new NotThere(`${file} is not there`);
  return readFileSync(path);
}
const textOf = (folder: string, file: string): string => new TextDecoder().decode(bytesOf(folder, file));

/** x, z, y of a scan with z up, and x mirrored when it grows to the client's right. */
function stand(positions: Float64Array, sign: 1 | -1): Float64Array {
  const out = new Float64Array(positions.length);
  for (let k = 0; k < positions.length; k += 3) {
    out[k] = sign * positions[k];
    out[k + 1] = positions[k + 2];
    out[k + 2] = positions[k + 1];
  }
  return out;
}

async function rawHead({ packages, meshes, identities }: HeadSources, name: string): Promise<RawHead> {
  const identity = /^ICT identity (\d+)$/.exec(name);
  if (identity) return ictIdentity(meshes, identities, Number(identity[1]));
  switch (name) {
    case 'CT': {
      const file = bytesOf(packages, 'usr/share/doc/invesalius-examples/examples/Cranium.inv3');
      const skin = outerSkin(readInvesalius(file), { threshold: -300, sealMm: 4 });
      return {
        name,
        source: 'CT of a living head; Debian package invesalius-examples, GPL-2',
        isFitted: false,
        family: 'scan',
        positions: stand(skin.positionsMm, 1),
        triangles: skin.triangles,
        picks: CT_PICKS,
        mmPerUnit: 1,
      };
    }
    case 'Colin27': {
      const skin = outerSkin(readNifti(bytesOf(packages, 'usr/share/mricron/templates/ch2.nii.gz')), {
        threshold: 30,
        sealMm: 4,
      });
      return {
        name,
        source: 'MR of a living head in Talairach size; Debian package mricron-data, BSD-3',
        isFitted: false,
        family: 'scan',
        positions: stand(skin.positionsMm, -1),
        triangles: skin.triangles,
        picks: COLIN_PICKS,
        mmPerUnit: 1,
      };
    }
    case 'fsaverage':
      return fsaverage(packages);
    case 'capped scan': {
      const mesh = readObj(textOf(meshes, 'LeePerrySmith.obj'));
      return {
        name,
        source: 'scan of a living head under a bald cap, ir-ltd.net, CC BY 3.0',
        isFitted: false,
        family: 'scan',
        positions: mesh.positions,
        triangles: mesh.triangles,
        texture: await textureOf(mesh, bytesOf(meshes, 'LeePerrySmith_color.jpg')),
        picks: CAPPED_SCAN_PICKS,
        mmPerUnit: null,
      };
    }
    case 'bust': {
      const mesh = readObj(textOf(meshes, 'max-planck.obj'));
      return {
        name,
        source: 'bust of a man, a mesh that geometry is often tried on, free for research by custom',
        isFitted: false,
        family: 'mesh',
        positions: mesh.positions,
        triangles: mesh.triangles,
        picks: BUST_PICKS,
        mmPerUnit: null,
      };
    }
    case 'MakeHuman': {
      const mesh = readObj(textOf(meshes, 'makehuman_base.obj'));
      const isHead = (t: number): boolean =>
        mesh.groups[t] === 'body' && mesh.positions[3 * mesh.triangles[3 * t] + 1] > 5.8;
      return {
        name,
        source: 'MakeHuman base mesh, CC0',
        isFitted: true,
        family: 'mesh',
        positions: mesh.positions,
        triangles: only(mesh, isHead).triangles,
        picks: MAKEHUMAN_PICKS,
        mmPerUnit: null,
      };
    }
    case 'ICT neutral': {
      const mesh = readObj(textOf(meshes, 'ict_generic_neutral_mesh.obj'));
      return { ...ictHead(mesh, mesh.positions), name, isFitted: true, family: 'mesh' };
    }
    default:
      throw new RangeError(`no head is called '${name}'`);
  }
}

function only(mesh: ObjMesh, isKept: (t: number) => boolean): { triangles: Uint32Array; kept: number[] } {
  const kept = Array.from(mesh.groups.keys()).filter(isKept);
  return { triangles: Uint32Array.from(kept.flatMap((t) => [...mesh.triangles.subarray(3 * t, 3 * t + 3)])), kept };
}

async function textureOf(mesh: ObjMesh, jpeg: Uint8Array): Promise<Texture | undefined> {
  if (!mesh.uvs) return undefined;
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { sizePx: [info.width, info.height], rgb: data, uvs: mesh.uvs };
}

/** Eyes and lids cannot be told in it: its Frankfurt plane is put where nasion stands as high as on the template. */
function fsaverage(packages: string): RawHead {
  const folder = join(packages, 'usr/lib/python3/dist-packages/mne/data/fsaverage');
  const { positionsMm, triangles } = readFiffSurface(bytesOf(folder, 'fsaverage-head.fif'));
  const { left, right, nasion } = readFiffFiducials(bytesOf(folder, 'fsaverage-fiducials.fif'));
  const up = (left[2] + right[2]) / 2;
  const back = (left[1] + right[1]) / 2;
  const middle = -(left[0] + right[0]) / 2;
  // Nasion of the template: 14.5 degrees above the tragions; a point at its foot lies on the plane.
  const tilt = Math.atan2(nasion[2] - up, nasion[1] - back) - (14.5 * Math.PI) / 180;
  const reach = 80;
  return {
    name: 'fsaverage',
    source: 'mean of 40 living heads; Debian package python3-mne, BSD-3 and the FreeSurfer licence',
    isFitted: false,
    family: 'scan',
    positions: stand(positionsMm, -1),
    triangles,
    picks: {
      leftTragion: [-left[0], left[2], left[1]],
      rightTragion: [-right[0], right[2], right[1]],
      orbitale: [middle, up + reach * Math.sin(tilt), back + reach * Math.cos(tilt)],
      glabella: [-nasion[0], nasion[2] + 17],
      nasion: [-nasion[0], nasion[2]],
    },
    mmPerUnit: 1,
  };
}

const ICT_SHOWN: Readonly<Record<string, number>> = {
  M_Face: SKIN,
  M_BackHead: SKIN,
  M_ScleraLeft: EYE,
  M_IrisLeft: EYE,
  M_ScleraRight: EYE,
  M_IrisRight: EYE,
};
/** Vertices of the topology that all identities share: skin at the picks, and the outer corners of the eyes. */
const ICT_VERTICES = {
  leftTragion: 7398,
  rightTragion: 8125,
  leftOrbitale: 4340,
  rightOrbitale: 2147,
  glabella: 1398,
  nasion: 1358,
  leftCanthus: 3721,
  rightCanthus: 1507,
} as const;

function ictHead(neutral: ObjMesh, positions: Float64Array): Omit<RawHead, 'name' | 'isFitted' | 'family'> {
  const { triangles, kept } = only(neutral, (t) => neutral.materials[t] in ICT_SHOWN);
  const at = (vertex: number): [number, number, number] => [
    positions[3 * vertex],
    positions[3 * vertex + 1],
    positions[3 * vertex + 2],
  ];
  const moved = (vertex: number): [number, number, number] => [
    positions[3 * vertex] - neutral.positions[3 * vertex],
    positions[3 * vertex + 1] - neutral.positions[3 * vertex + 1],
    positions[3 * vertex + 2] - neutral.positions[3 * vertex + 2],
  ];
  const carried = (pick: readonly [number, number, number], by: readonly number[]): [number, number, number] => [
    pick[0] + by[0],
    pick[1] + by[1],
    pick[2] + by[2],
  ];
  const low = moved(ICT_VERTICES.leftOrbitale).map((v, k) => (v + moved(ICT_VERTICES.rightOrbitale)[k]) / 2);
  const face = (vertex: number): [number, number] => [at(vertex)[0], at(vertex)[1]];
  const picks: HeadPicks = {
    leftTragion: carried(ICT_PICKS.leftTragion as [number, number, number], moved(ICT_VERTICES.leftTragion)),
    rightTragion: carried(ICT_PICKS.rightTragion as [number, number, number], moved(ICT_VERTICES.rightTragion)),
    orbitale: carried(ICT_PICKS.orbitale as [number, number, number], low),
    glabella: face(ICT_VERTICES.glabella),
    nasion: face(ICT_VERTICES.nasion),
    leftCanthus: face(ICT_VERTICES.leftCanthus),
    rightCanthus: face(ICT_VERTICES.rightCanthus),
  };
  return {
    source: 'ICT-FaceKit, MIT, USC Institute for Creative Technologies',
    positions,
    triangles,
    materials: Uint8Array.from(kept, (t) => ICT_SHOWN[neutral.materials[t]]),
    paintCm: neutral.positions,
    picks,
    mmPerUnit: 10,
  };
}

/** neutral + sum of w (identity - neutral) with w from the standard normal distribution, as ICT-FaceKit samples faces. */
function ictIdentity(meshes: string, identities: string | null, number: number): RawHead {
  if (!identities) throw new NotThere('no folder of identity modes was given');
  const neutral = readObj(textOf(meshes, 'ict_generic_neutral_mesh.obj'));
  const modes = identityModes(identities, neutral);
  const random = seededGenerator(1000 + number);
  const positions = new Float64Array(neutral.positions);
  for (const mode of modes) {
    const weight = Math.sqrt(-2 * log(1 - random())) * cos(TAU * random());
    for (let k = 0; k < mode.length; k++) positions[k] += weight * mode[k];
  }
  return { ...ictHead(neutral, positions), name: `ICT identity ${number}`, isFitted: false, family: 'identity' };
}

/** Persons wear the faces of identities that are not graded themselves. */
const FIRST_FACE = 100;
const PERSONS_SEED = 2012;
/** "Narrow face area" in the read-me of ICT-FaceKit: without ears and forehead. */
const NARROW_FACE = 6706;

function personHead({ meshes, identities, anthropometry }: HeadSources, number: number): KnownHead {
  const person = drawPersons(textOf(anthropometry, 'ANSUR_II_MALE_Public.csv'), number, PERSONS_SEED)[number - 1];
  const neutral = readObj(textOf(meshes, 'ict_generic_neutral_mesh.obj')).positions;
  const face = ictIdentity(meshes, identities, FIRST_FACE + number);
  const size = spreadOf(face.positions, NARROW_FACE) / spreadOf(neutral, NARROW_FACE);
  return { ...likePerson(knownHead(face), size, person), name: `person ${number}`, family: 'person' };
}

/** Root mean square distance of the first `count` points from their middle. */
function spreadOf(positions: ArrayLike<number>, count: number): number {
  let sum = 0;
  for (let axis = 0; axis < 3; axis++) {
    const values = Array.from({ length: count }, (_, k) => positions[3 * k + axis]);
    const middle = meanOf(values);
    sum += meanOf(values.map((value) => (value - middle) * (value - middle)));
  }
  return Math.sqrt(sum);
}

let knownModes: { folder: string; modes: Float32Array[] } | null = null;
function identityModes(folder: string, neutral: ObjMesh): Float32Array[] {
  if (knownModes?.folder === folder) return knownModes.modes;
  const modes: Float32Array[] = [];
  for (let k = 0; existsSync(join(folder, modeFile(k))); k++) {
    const mode = new Float32Array(neutral.positions.length);
    let at = 0;
    for (const line of textOf(folder, modeFile(k)).split('\n')) {
      if (!line.startsWith('v ')) continue;
      for (const word of line.trim().split(/\s+/).slice(1, 4)) {
        mode[at] = Number(word) - neutral.positions[at];
        at++;
      }
    }
    modes.push(mode);
  }
  if (modes.length === 0) throw new NotThere(`${modeFile(0)} is not there`);
  knownModes = { folder, modes };
  return modes;
}
const modeFile = (k: number): string => `identity${String(k).padStart(3, '0')}.obj`;
