/**
 * Reads OBJ, PLY and STL by three.js's loaders, of which only `parse` is used: no scene, no DOM, no network.
 *
 * The loaders trust their input. What they would loop over for ever, reserve memory for, or write to the console
 * about is refused or mended before they see it.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { setConsoleFunction } from 'three';
import type { BufferGeometry } from 'three';
import { OBJLoader } from 'three/examples/jsm/loaders/OBJLoader.js';
import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js';
import { STLLoader } from 'three/examples/jsm/loaders/STLLoader.js';
import { MAX_SCAN_TEXT_BYTES, MAX_SCAN_TRIANGLES } from './scan-parts.ts';
import { STL_HEAD, STL_TRIANGLE, isBinaryStl, stlTriangles } from './stl-size.ts';
import type { ScanPart } from './scan-parts.ts';

const unreadable = (detail: string): Refusal => new Refusal('scan-unreadable', detail);

function refuseLongText(bytes: Uint8Array): void {
  if (bytes.length > MAX_SCAN_TEXT_BYTES) {
    throw new Refusal('scan-too-large', `${Math.round(bytes.length / 1e6)} MB of text; a binary format takes less`);
  }
}

function textOf(bytes: Uint8Array): string {
  refuseLongText(bytes);
  return new TextDecoder('latin1').decode(bytes);
}

const partOf = (geometry: BufferGeometry): ScanPart => ({
  positions: geometry.getAttribute('position')?.array ?? [],
  indices: geometry.getIndex()?.array ?? null,
  matrix: null,
});

export function readObj(bytes: Uint8Array): ScanPart[] {
  refuseLongText(bytes);
  const parts: ScanPart[] = [];
  new OBJLoader().parse(pointsAndFaces(bytes)).traverse((object) => {
    if ('isMesh' in object && 'geometry' in object) parts.push(partOf(object.geometry as BufferGeometry));
  });
  return parts;
}

/** Each takes the loader some hundred bytes. */
const MOST_POINTS_AND_TRIANGLES = 2 * MAX_SCAN_TRIANGLES;
const [TAB, LF, CR, SPACE, BACKSLASH, FACE, POINT] = [...'\t\n\r \\fv'].map((letter) => letter.charCodeAt(0));
const isBlank = (byte: number | undefined): boolean => byte === SPACE || byte === TAB;

/** The lines of points and faces alone: over every other one the loader keeps books or complains. */
function pointsAndFaces(bytes: Uint8Array): string {
  const kept = new Uint8Array(bytes.length + 1);
  let length = 0;
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    while (isBlank(bytes[at])) at++;
    const kind = bytes[at];
    const isKept = (kind === POINT || kind === FACE) && isBlank(bytes[at + 1]);
    let words = 0;
    for (; at < bytes.length && bytes[at] !== LF && bytes[at] !== CR; at++) {
      // A line goes on behind it.
      const isBroken = bytes[at] === BACKSLASH && bytes[at + 1] === LF;
      if (isBroken) at++;
      if (!isKept) continue;
      const byte = isBroken ? SPACE! : bytes[at]!;
      if (!isBlank(byte) && isBlank(kept[length - 1])) words++;
      kept[length++] = byte;
    }
    if (!isKept) continue;
    kept[length++] = LF!;
    count += kind === FACE ? Math.max(1, words - 2) : 1;
    if (count > MOST_POINTS_AND_TRIANGLES)
      throw new Refusal('scan-too-large', `more than ${MOST_POINTS_AND_TRIANGLES} points and triangles`);
  }
  return new TextDecoder('latin1').decode(kept.subarray(0, length));
}

export function readStl(bytes: Uint8Array): ScanPart[] {
  const isText = !isBinaryStl(bytes) && /^\s*solid/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 80)));
  if (!isText) {
    if (bytes.length < STL_HEAD) throw unreadable('the file ends too early');
    const count = stlTriangles(bytes);
    if (count > MAX_SCAN_TRIANGLES) throw new Refusal('scan-too-large', `${count} triangles`);
    const needed = STL_HEAD + STL_TRIANGLE * count;
    if (bytes.length < needed) throw unreadable('the file ends too early');
    return [partOf(new STLLoader().parse(exactBuffer(bytes.subarray(0, needed))))];
  }
  const text = textOf(bytes).trimStart().toLowerCase();
  // The loader looks for an end from every beginning: after the last end there must be no more beginnings. Normals
  // are not wanted, and a wrong one would be written to the console.
  const whole = text
    .slice(0, text.lastIndexOf('endfacet') + 'endfacet'.length)
    .replace(/facet\s+normal[^\n]*/g, 'facet normal 0 0 1');
  const facets = whole.split('endfacet').slice(0, -1);
  if (facets.length === 0 || !facets.every(isFacet)) throw unreadable('facets without three corners');
  return [partOf(new STLLoader().parse(`${whole}\nendsolid`))];
}

const isFacet = (facet: string): boolean =>
  facet.match(CORNER)?.length === 3 && facet.split('vertex').length === 4 && facet.split('normal').length === 2;

/** A corner as the loader takes it, with all three numbers there. */
const CORNER = /vertex(?:\s+[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?){3}(?=\s)/g;

const PLY_WORDS = new Set(['ply', 'format', 'comment', 'obj_info', 'element', 'property', 'end_header', '']);
const MAX_PLY_HEAD = 65_536;

export function readPly(bytes: Uint8Array): ScanPart[] {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, MAX_PLY_HEAD));
  const end = head.search(/^end_header\s*$/m);
  if (end < 0) throw unreadable('its header does not end');
  const lines = head.slice(0, end).split(/\r\n|\r|\n/);
  let isText = false;
  let empty: string | null = null;
  for (const line of lines) {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    if (!PLY_WORDS.has(word)) throw unreadable('its header is damaged');
    if (word === 'format') {
      if (!/^(ascii|binary_little_endian|binary_big_endian)$/.test(rest[0] ?? ''))
        throw unreadable('its header is damaged');
      isText = rest[0] === 'ascii';
    }
    if (word === 'property') {
      const types = rest[0] === 'list' ? rest.slice(1, 3) : rest.slice(0, 1);
      if (!types.every((type) => PLY_TYPE.test(type))) throw unreadable('its header is damaged');
      empty = null;
    }
    if (word !== 'element') continue;
    // An element without properties takes no bytes, and there could be billions.
    if (empty) break;
    empty = rest[0] ?? '';
    const count = Number(rest[1]);
    if (!Number.isInteger(count) || count < 0) throw unreadable('its header is damaged');
    if (count > bytes.length) throw unreadable('the file ends too early');
    if (count > 3 * MAX_SCAN_TRIANGLES) throw new Refusal('scan-too-large', `${count} ${empty}`);
  }
  if (empty) throw unreadable('its header is damaged');
  // It measures the cloud at the end and complains of points that are no numbers, which are dropped later.
  setConsoleFunction(() => {});
  const geometry = new PLYLoader().parse(isText ? textOf(bytes) : exactBuffer(bytes));
  // Without faces it is a cloud of points, not unshared triangles.
  if (!geometry.getIndex()) throw unreadable('it holds points without triangles');
  return [partOf(geometry)];
}

const PLY_TYPE = /^(?:u?char|u?short|u?int|float|double|u?int(?:8|16|32)|float(?:32|64))$/;

/** The bytes as a buffer of their own, which the loaders take. */
const exactBuffer = (bytes: Uint8Array): ArrayBuffer => {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy.buffer;
};
